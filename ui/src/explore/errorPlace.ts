/** Where in an expression the server found an error: Prometheus writes `1:17: parse error: ...`. */
export interface ErrorPlace {
  line: number;
  column: number;
  /** Characters before the place, counted from the start of the expression. */
  offset: number;
  /** What is wrong, without the place. */
  reason: string;
}

export function placeOf(message: string, expr: string): ErrorPlace | undefined {
  const match = /(?:^|[\s"])(\d+):(\d+): (?:parse error: )?([\s\S]*)$/.exec(message);
  if (!match) return undefined;
  const [, line, column, reason] = match;
  const before = expr
    .split('\n')
    .slice(0, Number(line) - 1)
    .reduce((sum, text) => sum + text.length + 1, 0);
  const offset = before + Number(column) - 1;
  if (offset > expr.length) return undefined; // not about this text
  const last = Math.max(0, expr.length - 1); // "after the end" is shown at the last character
  return {
    line: Number(line),
    column: Number(column),
    offset: Math.min(offset, last),
    reason: reason!.trim(),
  };
}

/** Where in an expression the server found an error: Prometheus writes `1:17: parse error: ...`. */
import { charsOf } from './utf8';

export interface ErrorPlace {
  line: number;
  column: number;
  /** Characters before the place, counted from the start of the expression. */
  offset: number;
  /** The character after the word that stands there. */
  end: number;
  /** What is wrong, without the place. */
  reason: string;
}

export function placeOf(message: string, expr: string): ErrorPlace | undefined {
  const match = /(?:^|[\s"])(\d+):(\d+): (?:parse error: )?([\s\S]*)$/.exec(message);
  if (!match) return undefined;
  const [, line, column, reason] = match;
  const offset = offsetOf(expr, Number(line), Number(column));
  if (offset === undefined) return undefined; // not about this text
  const last = Math.max(0, expr.length - 1); // "after the end" is shown at the last character
  const start = Math.min(offset, last);
  return {
    line: Number(line),
    column: Number(column),
    offset: start,
    end: wordEnd(expr, start),
    reason: reason!.trim(),
  };
}

/** The character at `line:column`, both from 1, columns counted in bytes. */
export function offsetOf(expr: string, line: number, column: number): number | undefined {
  const lines = expr.split('\n');
  const own = lines[line - 1];
  if (own === undefined) return undefined;
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  const bytes = new TextEncoder().encode(own).length;
  if (column - 1 > bytes) return undefined;
  return before + charsOf(own)(column - 1);
}

/** Where the name, number or text that begins at an offset ends; at least one character on. */
export function wordEnd(expr: string, offset: number): number {
  const rest = expr.slice(offset);
  const word = /^(?:[\p{L}_:][\p{L}\p{N}_:]*|[\d.]+[\w.]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/u;
  return offset + (word.exec(rest)?.[0].length ?? Math.min(1, rest.length));
}

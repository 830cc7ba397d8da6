/** What the server wants known about an answer: `PromQL info: ... (1:5)` as Prometheus writes it. */
import { offsetOf, wordEnd } from './errorPlace';
import type { Place } from './explained';

export interface Note {
  /** A warning: the answer may be wrong. An info: the asker may have meant something else. */
  kind: 'warning' | 'info';
  text: string;
  /** `1:5`, as the server has it. */
  where?: string;
  place?: Place;
}

interface Said {
  warnings: readonly string[];
  infos: readonly string[];
}

export function notesOf({ warnings, infos }: Said, expr: string): Note[] {
  return [
    ...warnings.map((text) => noteOf('warning', text, expr)),
    ...infos.map((text) => noteOf('info', text, expr)),
  ];
}

function noteOf(kind: Note['kind'], said: string, expr: string): Note {
  const text = said.replace(/^PromQL (?:warning|info): /, '');
  const match = /^([\s\S]*) \((\d+):(\d+)\)$/.exec(text);
  if (!match) return { kind, text };
  const [, words, line, column] = match;
  const from = offsetOf(expr, Number(line), Number(column));
  const place = from === undefined ? undefined : { from, to: wordEnd(expr, from) };
  return { kind, text: words!, where: `${line}:${column}`, place };
}

/** Log lines from frames: order, level, labels, what repeats. Knows no React. */
import type { Field, Frame } from '../../frames/frame';
import { visible } from '../../format/visible';

export type Level = 'error' | 'warn' | 'info' | 'debug' | 'none';
export type Labels = Readonly<Record<string, string>>;

export interface LogLine {
  readonly timeMs: number | null;
  readonly text: string;
  readonly level: Level;
  readonly labels: Labels;
  /** How many more lines like it stand behind it, where repeats are joined. */
  readonly more: number;
}

export type Dedup = 'none' | 'exact' | 'numbers' | 'signature';

/** More lines than a person goes through; a longer answer is cut, and said to be. */
export const MOST_LINES = 100_000;

/** All lines of all frames, in the order of the answers. */
export function linesOf(frames: readonly Frame[]): LogLine[] {
  const lines: LogLine[] = [];
  for (const frame of frames) {
    if (lines.length >= MOST_LINES) break;
    addLines(frame, lines);
  }
  return lines;
}

const LINE_NAMES = /^(line|body|message|msg|content|text)$/i;
const TAKEN = /^(tsNs|id|labelTypes)$/;

function addLines({ fields }: Frame, out: LogLine[]): void {
  const texts = fields.filter(({ type }) => type === 'text');
  const body = texts.find(({ name }) => LINE_NAMES.test(name)) ?? texts[0];
  if (!body) return;
  const time = fields.find(({ type }) => type === 'time');
  const labelled = fields.find(({ name, type }) => name === 'labels' && type !== 'number');
  const others = fields.filter(
    (field) => field !== body && field !== time && field !== labelled && !TAKEN.test(field.name),
  );
  const shared = body.labels ?? {};
  const count = Math.min(body.values.length, MOST_LINES - out.length);
  for (let row = 0; row < count; row++) {
    const labels = Object.create(null) as Record<string, string>; // a label may be called __proto__
    Object.assign(labels, shared, objectOf(labelled?.values[row]));
    for (const field of others) {
      const value = field.values[row];
      if (value !== null && value !== undefined && value !== '')
        labels[field.name] = wordsOf(value);
    }
    const text = textAt(body, row);
    out.push({ timeMs: timeAt(time, row), text, level: levelOf(labels, text), labels, more: 0 });
  }
}

const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

/** Loki hands labels as an object, or as the JSON of one. */
function objectOf(value: unknown): Labels {
  const read = typeof value === 'string' ? tryJson(value) : value;
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return {};
  return Object.fromEntries(Object.entries(read).map(([name, one]) => [name, wordsOf(one)]));
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const textAt = (field: Field, row: number) =>
  String((field.values[row] as string | null) ?? '').replace(/\n+$/, '');
const timeAt = (field: Field | undefined, row: number) =>
  typeof field?.values[row] === 'number' ? field.values[row] : null;

const LEVEL_LABELS = ['level', 'detected_level', 'severity', 'severity_text', 'lvl', 'loglevel'];

const LEVELS: readonly (readonly [RegExp, Level])[] = [
  [/^(emerg|alert|crit|fatal|panic|err|severe)/i, 'error'],
  [/^warn/i, 'warn'],
  [/^(info|notice|information)/i, 'info'],
  [/^(debug|dbug|trace|fine|verbose)/i, 'debug'],
];

/** By its label; without one, by the first word of the line's head that names a level. */
export function levelOf(labels: Labels, text: string): Level {
  for (const name of LEVEL_LABELS) {
    const value = Object.hasOwn(labels, name) ? labels[name]! : '';
    const level = LEVELS.find(([pattern]) => pattern.test(value))?.[1];
    if (level) return level;
  }
  const head = text.slice(0, 160);
  const word = /\b(FATAL|PANIC|CRITICAL|ERROR|WARN(?:ING)?|INFO|DEBUG|TRACE)\b/.exec(head)?.[1];
  const field = /\b(?:level|lvl|severity)"?\s*[=:]\s*"?(\w+)/i.exec(head)?.[1];
  const found = field ?? word;
  return (found && LEVELS.find(([pattern]) => pattern.test(found))?.[1]) || 'none';
}

/** Newest first unless the board asks otherwise; lines of one moment keep their order. */
export function ordered(lines: readonly LogLine[], order: unknown): LogLine[] {
  const way = order === 'Ascending' ? 1 : -1;
  return lines
    .map((line, i) => ({ line, i }))
    .sort((a, b) => ((a.line.timeMs ?? 0) - (b.line.timeMs ?? 0)) * way || a.i - b.i)
    .map(({ line }) => line);
}

const SAME: Readonly<Record<Exclude<Dedup, 'none'>, (text: string) => string>> = {
  exact: (text) => text,
  numbers: (text) => text.replace(/\d/g, ''),
  signature: (text) => text.replace(/\w/g, ''),
};

/** Neighbours that are the same become one, with the number of the others. */
export function deduped(lines: readonly LogLine[], strategy: unknown): LogLine[] {
  const sameOf = Object.hasOwn(SAME, String(strategy)) ? SAME[strategy as keyof typeof SAME] : null;
  if (!sameOf) return [...lines];
  const out: LogLine[] = [];
  let last: string | null = null;
  for (const line of lines) {
    const key = sameOf(line.text);
    if (key === last)
      out[out.length - 1] = { ...out[out.length - 1]!, more: out[out.length - 1]!.more + 1 };
    else out.push(line);
    last = key;
  }
  return out;
}

/** Labels that every line has with one value: they are said once, above. */
export function commonLabels(lines: readonly LogLine[]): Labels {
  const [first, ...rest] = lines;
  if (!first) return {};
  const common = { ...first.labels };
  for (const { labels } of rest) {
    const names = Object.keys(common);
    if (names.length === 0) break;
    for (const name of names) if (labels[name] !== common[name]) delete common[name];
  }
  return common;
}

/** What a line has beside the common ones. */
export const uniqueLabels = (line: LogLine, common: Labels): [string, string][] =>
  Object.entries(line.labels).filter(([name]) => !Object.hasOwn(common, name));

/** A line as it is shown: control characters written out, JSON set in lines where the board asks for it. */
export function shownText(text: string, prettify: boolean): string {
  const pretty = prettify && /^\s*[{[]/.test(text) ? tryJson(text) : null;
  const words = pretty === null ? text : JSON.stringify(pretty, null, 2);
  return words
    .split('\n')
    .map((line) => visible(line.replace(/\t/g, '    ')))
    .join('\n');
}

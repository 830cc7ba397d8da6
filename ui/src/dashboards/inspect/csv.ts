/** Frames as rows, and rows as comma-separated values (RFC 4180). */
import type { Frame, NumberField } from '../../frames/frame';
import { plain } from '../../frames/compare';
import { numbersOf, rowsOf, timeOf } from '../../frames/frame';

export interface Row {
  readonly time: number;
  /** `undefined` where a series has no point at that time, `null` where it has a hole. */
  readonly values: (number | null | undefined)[];
}

/** All series beside each other, a row a point in time. */
export function rowsOfFrames(frames: readonly Frame[]): { heads: NumberField[]; rows: Row[] } {
  const heads = frames.flatMap(numbersOf);
  const rows = new Map<number, Row>();
  let column = 0;
  for (const frame of frames) {
    const times = timeOf(frame)?.values ?? [];
    for (const field of numbersOf(frame)) {
      const at = column++;
      times.forEach((time, i) => {
        if (time === null) return;
        const row = rows.get(time) ?? {
          time,
          values: new Array<undefined>(heads.length).fill(undefined),
        };
        row.values[at] = field.values[i] ?? null;
        rows.set(time, row);
      });
    }
  }
  return { heads, rows: [...rows.values()].sort((a, b) => a.time - b.time) };
}

const cell = (value: unknown): string => {
  const text = plain(value);
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};
const line = (cells: readonly unknown[]) => `${cells.map(cell).join(',')}\r\n`;

/** Full numbers, times as ISO 8601 in UTC. */
export function csvOf(frames: readonly Frame[]): string {
  const [first] = frames;
  if (frames.length === 1 && first?.fields.some(({ type }) => type === 'text')) {
    const body = Array.from({ length: rowsOf(first) }, (_, row) =>
      line(first.fields.map(({ values }) => values[row])),
    );
    return line(first.fields.map(({ name }) => name)) + body.join('');
  }
  const { heads, rows } = rowsOfFrames(frames);
  const body = rows.map(({ time, values }) => line([new Date(time).toISOString(), ...values]));
  return line(['time', ...heads.map(({ name }) => name)]) + body.join('');
}

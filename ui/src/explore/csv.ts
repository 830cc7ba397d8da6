/** Series as CSV: one row a moment, one column a series; a hole is an empty cell, never 0. */
import type { RangeSeries } from '../api/prometheus';

export function toCsv(names: readonly string[], series: readonly RangeSeries[]): string {
  const times = [...new Set(series.flatMap((one) => one.times))].sort((a, b) => a - b);
  const rowOf = new Map(times.map((time, row) => [time, row]));
  const columns = series.map((one) => {
    const column = Array<string>(times.length).fill('');
    one.times.forEach((time, i) => (column[rowOf.get(time)!] = String(one.values[i])));
    return column;
  });
  const head = ['time', ...names].map(cell).join(',');
  const rows = times.map((time, row) =>
    [new Date(time).toISOString(), ...columns.map((column) => column[row])].join(','),
  );
  return [head, ...rows, ''].join('\n');
}

/** Gives a text to the browser's downloads. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url));
}

function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

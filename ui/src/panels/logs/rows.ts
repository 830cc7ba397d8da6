/** Which rows of a long list are near the window: their heights are counted, not measured. Knows no React. */

export const ROW_PX = 20;
export const DETAIL_PX = 22;
const DETAIL_PAD = 14;

/** How high a text in a fixed-width face is, broken at any character. */
export function textHeight(text: string, charsInLine: number): number {
  const room = Math.max(8, charsInLine);
  let lines = 0;
  for (const part of text.split('\n')) lines += Math.max(1, Math.ceil(cellsIn(part) / room));
  return lines * ROW_PX;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/g;

/** Characters of China, Japan and Korea take two places. */
const cellsIn = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

export const detailHeight = (count: number): number => Math.max(1, count) * DETAIL_PX + DETAIL_PAD;

/** Where each row begins; the last entry is where all end. */
export function topsOf(count: number, heightOf: (row: number) => number): Float64Array {
  const tops = new Float64Array(count + 1);
  for (let row = 0; row < count; row++) tops[row + 1] = tops[row]! + heightOf(row);
  return tops;
}

/** The first and the last row (exclusive) between two heights, a few more on either side. */
export function windowOf(
  tops: Float64Array,
  from: number,
  to: number,
  aside = 8,
): { first: number; end: number } {
  const count = tops.length - 1;
  const first = Math.max(0, rowAt(tops, from) - aside);
  const end = Math.min(count, rowAt(tops, to) + 1 + aside);
  return { first, end: Math.max(first, end) };
}

/** The row at a height. */
export function rowAt(tops: Float64Array, y: number): number {
  let low = 0;
  let high = tops.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

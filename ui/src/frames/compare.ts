/** Any two values of a column in their order, and any value in plain words. */

/** Rising; what is not known comes first, so that it is last where the largest leads. */
export function compare(a: unknown, b: unknown): number {
  const [nothingA, nothingB] = [a ?? null, b ?? null].map((value) => value === null);
  if (nothingA || nothingB) return nothingA === nothingB ? 0 : nothingA ? -1 : 1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : natural(plain(a), plain(b));
}

const collator = new Intl.Collator('en', { numeric: true });

/** "core 2" before "core 10". */
export const natural = (a: string, b: string): number => collator.compare(a, b);

/** A value as text, without unit or mapping; an object as JSON, nothing as an empty text. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return ''; // it holds itself
  }
}

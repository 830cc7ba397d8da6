/** Careful looks into JSON that anybody may have written: what has another type reads as nothing. */

export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const object = (value: unknown): Json => (isObject(value) ? value : {});

/** The objects of a list. */
export const list = (value: unknown): Json[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** A text; numbers and truth values as they are written. */
export const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';

/** Texts of a list, of a lone value too. */
export const texts = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map(text)
    : value === undefined || value === null
      ? []
      : [text(value)];

/** A number, also where it is written as a text ("80"); undefined for anything else. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const read = Number(value.trim());
  return Number.isFinite(read) ? read : undefined;
}

/** The same, but only between two bounds and whole: positions and counts. */
export function whole(value: unknown, otherwise: number, least: number, most: number): number {
  const read = number(value);
  return read === undefined ? otherwise : Math.min(most, Math.max(least, Math.round(read)));
}

/** Without the entries that say nothing, so that a default of another place holds. */
export function without<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined && one !== null),
  ) as T;
}

/**
 * Names that every JavaScript object has (`constructor`, `__proto__`) are label names like any other. Grafana's
 * library keeps names as keys of plain objects, where such a one would find something else than it looks for.
 * Inside it they wear a mark that nobody sees or types.
 */
const MARK = '\u2063';

const isOdd = (name: string): boolean => name in Object.prototype;

export const safeName = (name: string): string => (isOdd(name) ? MARK + name : name);

export const plainName = (name: unknown): string => {
  const text = typeof name === 'string' ? name : String((name as number | null) ?? '');
  return text.includes(MARK) ? text.replaceAll(MARK, '') : text;
};

export const safeKeys = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  mapKeys(labels, safeName);

export const plainKeys = (labels: Readonly<Record<string, string>>): Record<string, string> =>
  mapKeys(labels, plainName);

const mapKeys = (labels: Readonly<Record<string, string>>, name: (key: string) => string) =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [name(key), value]));

const DEEPEST = 20;

/** A copy of the options with every text filled in and every name made safe, keys too. */
export function copyOptions(value: unknown, fill: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return safeName(fill(value));
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((each) => copyOptions(each, fill, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [safeName(key), copyOptions(each, fill, depth + 1)]),
  );
}

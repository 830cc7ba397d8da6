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

/**
 * A copy of the options with every text filled in, every name that `called` knows by another put so, and every
 * name made safe; keys too.
 */
export function copyOptions(
  value: unknown,
  fill: (text: string) => string,
  called: (name: string) => string = (name) => name,
  depth = 0,
): unknown {
  if (typeof value === 'string') return safeName(called(fill(value)));
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return undefined;
  const copy = (each: unknown) => copyOptions(each, fill, called, depth + 1);
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [safeName(called(key)), copy(each)]),
  );
}

const VALUE_COLUMN = /^Value(?: #.+)?$/;

/**
 * The column of values of a table is `Value` where one query answers and `Value #A` where several do; boards are
 * written with either. Where there is only one such column, both names mean it.
 */
export function onlyValue(names: readonly string[]): (name: string) => string {
  const found = new Set(names.filter((name) => VALUE_COLUMN.test(name)));
  const [only] = found.size === 1 ? found : [];
  return (name) => (only !== undefined && VALUE_COLUMN.test(name) ? only : name);
}

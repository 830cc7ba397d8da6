import { compare } from './compare';
import { toRegex } from './display';
import type { Field, Frame, NumberField } from './frame';
import { numbersOf, rowsOf, timeOf } from './frame';
import { REDUCERS, reducerOf } from './reduce';

/** One entry of a panel's `transformations`. */
export interface Transformation {
  readonly id: string;
  readonly disabled?: boolean;
  readonly options?: unknown;
}

type Transform = (frames: readonly Frame[], options: Record<string, unknown>) => readonly Frame[];

/** Every transformation this build knows. Another id is left out, and the panel says so. */
export const TRANSFORMS: Readonly<Record<string, Transform>> = {
  merge,
  organize,
  joinByField: join,
  seriesToColumns: join,
  reduce,
  sortBy,
  limit: (frames, { limitField }) => keepRows(frames, (_, row) => row < Number(limitField ?? 10)),
  labelsToFields: merge,
  filterByRefId: (frames, { include }) =>
    frames.filter(({ refId }) => toRegex(text(include) || '.*')?.test(refId)),
  filterFieldsByName,
  renameByRegex,
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Applies the transformations in their order; `unknown` names those that were passed over. */
export function transform(
  frames: readonly Frame[],
  steps: readonly Transformation[] = [],
): { frames: readonly Frame[]; unknown: string[] } {
  const unknown: string[] = [];
  const result = steps
    .filter((step) => !step.disabled)
    .reduce((current, { id, options }) => {
      const apply = Object.hasOwn(TRANSFORMS, id) ? TRANSFORMS[id] : undefined;
      if (!apply) unknown.push(id);
      return apply ? apply(current, (options ?? {}) as Record<string, unknown>) : current;
    }, frames);
  return { frames: result, unknown };
}

/**
 * Lays tables side by side, as Grafana does: rows become one where the words agree that all tables
 * have, and where no other column would have two values.
 */
function merge(frames: readonly Frame[]): Frame[] {
  const tables = frames.map(asTable);
  const words = tables.map(({ fields }) =>
    fields.filter(({ type }) => type === 'text').map(({ name }) => name),
  );
  const shared = (words[0] ?? []).filter((name) => words.every((each) => each.includes(name)));
  return joinOn(tables, () => shared);
}

function join(frames: readonly Frame[], { byField }: Record<string, unknown>): Frame[] {
  const by = text(byField) || 'Time';
  return joinOn(frames, () => [by]);
}

/** A series as a table: its labels become columns. A table stays as it is. */
function asTable(frame: Frame): Frame {
  const value = numbersOf(frame)[0];
  if (!value?.labels || frame.fields.some((field) => field.type === 'text')) return frame;
  const rows = rowsOf(frame);
  const labels = Object.entries(value.labels).map(([name, label]): Field => ({
    name,
    type: 'text',
    values: new Array<string>(rows).fill(label),
  }));
  const named: NumberField = { ...value, name: `Value #${frame.refId}`, labels: undefined };
  return { ...frame, fields: [...(timeOf(frame) ? [timeOf(frame)!] : []), ...labels, named] };
}

/**
 * An outer join. Columns named in the key stand once; a row that says something else in another
 * column than one with the same key stays a row of its own.
 */
function joinOn(frames: readonly Frame[], keyOf: (fields: readonly Field[]) => string[]): Frame[] {
  if (frames.length === 0) return [];
  const all = frames.flatMap((frame) => frame.fields);
  const key = [...new Set(keyOf(all))];
  const columns = new Map<string, Field['type']>();
  all.forEach((field) => columns.has(field.name) || columns.set(field.name, field.type));
  const origin = new Map(all.map((field) => [field.name, field]));
  const byKey = new Map<string, Row[]>();
  const rows: Row[] = [];
  for (const frame of frames) {
    for (let i = 0; i < rowsOf(frame); i++) {
      const own = new Map(frame.fields.map(({ name, values }) => [name, values[i] ?? null]));
      const id = JSON.stringify(key.map((name) => own.get(name) ?? null));
      const equals = byKey.get(id) ?? [];
      let row = equals.find((each) => agree(each, own));
      if (!row) {
        row = new Map();
        equals.push(row);
        byKey.set(id, equals);
        rows.push(row);
      }
      for (const [name, value] of own) if (value !== null) row.set(name, value);
    }
  }
  const fields = [...columns].map(([name, type]) => {
    const values = rows.map((row) => row.get(name) ?? null);
    return {
      name,
      type,
      values,
      config: origin.get(name)?.config,
      labels: origin.get(name)?.labels,
    } as Field;
  });
  return [{ refId: frames[0]?.refId ?? 'A', fields }];
}

type Row = Map<string, unknown>;

/** Whether two rows can be one: the time, which differs by when a query was asked, does not count. */
function agree(row: Row, other: Row): boolean {
  for (const [name, value] of other) {
    if (value === null || name === 'Time' || !row.has(name)) continue;
    if (row.get(name) !== value) return false;
  }
  return true;
}

/** Hides, orders and renames columns. */
function organize(frames: readonly Frame[], options: Record<string, unknown>): Frame[] {
  const hidden = byName<boolean>(options['excludeByName']);
  const order = byName<number>(options['indexByName']);
  const names = byName<string>(options['renameByName']);
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields
      .filter((field) => !hidden.get(field.name))
      .sort((a, b) => (order.get(a.name) ?? Infinity) - (order.get(b.name) ?? Infinity) || 0)
      .map((field) => ({ ...field, name: names.get(field.name) || field.name })),
  }));
}

const byName = <T>(option: unknown) => new Map(Object.entries((option ?? {}) as Record<string, T>));

/** Each series to one row with its reductions as columns. */
function reduce(frames: readonly Frame[], options: Record<string, unknown>): Frame[] {
  const calcs = (options['reducers'] as string[] | undefined) ?? ['lastNotNull'];
  const fields = frames.flatMap(numbersOf);
  const titles = calcs.map((calc) => REDUCERS[calc]?.title ?? calc);
  const columns = calcs.map((calc, k): Field => ({
    name: titles[k]!.charAt(0).toUpperCase() + titles[k]!.slice(1),
    type: 'number',
    values: fields.map(({ values }) => reducerOf(calc)(values)),
    config: fields[0]?.config,
  }));
  const names: Field = { name: 'Field', type: 'text', values: fields.map(({ name }) => name) };
  return [{ refId: frames[0]?.refId ?? 'A', fields: [names, ...columns] }];
}

function sortBy(frames: readonly Frame[], options: Record<string, unknown>): Frame[] {
  const [first] = (options['sort'] as { field?: string; desc?: boolean }[] | undefined) ?? [];
  return frames.map((frame) => {
    const by = frame.fields.find((field) => field.name === first?.field);
    if (!by) return frame;
    const order = Array.from({ length: rowsOf(frame) }, (_, i) => i);
    order.sort(
      (a, b) => compare(by.values[a] ?? null, by.values[b] ?? null) * (first?.desc ? -1 : 1),
    );
    return { ...frame, fields: frame.fields.map((field) => pick(field, order)) };
  });
}

const pick = (field: Field, order: readonly number[]): Field =>
  ({ ...field, values: order.map((i) => field.values[i] ?? null) }) as Field;

function keepRows(frames: readonly Frame[], keep: (frame: Frame, row: number) => boolean): Frame[] {
  return frames.map((frame) => {
    const order = Array.from({ length: rowsOf(frame) }, (_, i) => i).filter((row) =>
      keep(frame, row),
    );
    return { ...frame, fields: frame.fields.map((field) => pick(field, order)) };
  });
}

function filterFieldsByName(frames: readonly Frame[], options: Record<string, unknown>): Frame[] {
  const include = options['include'] as { names?: string[]; pattern?: string } | undefined;
  const exclude = options['exclude'] as { names?: string[]; pattern?: string } | undefined;
  const fits = (rule: { names?: string[]; pattern?: string }, name: string) =>
    (rule.names?.includes(name) ?? false) ||
    (rule.pattern ? (toRegex(rule.pattern)?.test(name) ?? false) : false);
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.filter(
      ({ name }) => (!include || fits(include, name)) && !(exclude && fits(exclude, name)),
    ),
  }));
}

function renameByRegex(frames: readonly Frame[], options: Record<string, unknown>): Frame[] {
  const regex = toRegex(`/${text(options['regex']).replace(/^\/|\/$/g, '')}/`);
  const to = text(options['renamePattern']);
  if (!regex) return [...frames];
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) =>
      field.type === 'time' ? field : { ...field, name: field.name.replace(regex, to) },
    ),
  }));
}

import { fieldReducers, FieldType, reduceField } from '@grafana/data';
import { isReducer, reducerOf, REDUCERS, type Values } from './reduce';

const LISTS = new Set(['allValues', 'uniqueValues']);
const library = fieldReducers.list().map(({ id }): string => id);
const theirs = (id: string, values: Values): unknown => {
  const field = { name: '', type: FieldType.number, config: {}, values: [...values] };
  return reduceField({ field, reducers: [id] })[id];
};

test('every reducer of the library is known, and none beside it', () => {
  expect(Object.keys(REDUCERS).sort()).toEqual(library.toSorted());
  expect(['current', 'avg', 'total'].every(isReducer)).toBe(true);
  expect(['constructor', 'nope', ''].some(isReducer)).toBe(false);
});

test('where something was measured, every reducer answers as the library does', () => {
  let state = 20261122;
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  for (let round = 0; round < 60; round++) {
    const values: (number | null)[] = [
      1 + below(9),
      ...Array.from({ length: below(12) }, () => (below(4) ? below(20) - 5 : null)),
    ];
    for (const id of library.filter((one) => !LISTS.has(one))) {
      const told = `round ${round}: ${id} of ${JSON.stringify(values)}`;
      const [ours, expected] = [reducerOf(id)(values), theirs(id, values)];
      if (expected === Number.MAX_VALUE || expected === undefined) expect(ours, told).toBeNull();
      else if (expected === null) expect(ours, told).toBeNull();
      else expect(ours, told).toBeCloseTo(Number(expected), 9);
    }
  }
});

const COUNTS: Readonly<Record<string, number>> = {
  count: 0,
  countAll: 2,
  changeCount: 0,
  distinctCount: 0,
  allIsNull: 1,
  allIsZero: 0,
};

test.each(library)('%s of holes alone makes up no number', (id) => {
  expect(reducerOf(id)([null, null])).toBe(COUNTS[id] ?? null);
  expect(reducerOf(id)([])).toBe(id === 'countAll' ? 0 : (COUNTS[id] ?? null));
});

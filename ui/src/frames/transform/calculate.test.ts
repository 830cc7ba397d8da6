import { apply, columns, cpu, table } from './testing';

describe('calculateField', () => {
  const rows = table('A', { Time: [1, 2, 3, 4], a: [1, 2, null, 4], b: [10, null, null, 40] });
  const added = async (options: object) =>
    columns((await apply([rows], 'calculateField', options))[0]).at(-1);

  test.each<[string, object, unknown[]]>([
    [
      'a sum of what is known',
      { mode: 'reduceRow', reduce: { reducer: 'sum' } },
      ['Total', 11, 2, null, 44],
    ],
    [
      'a mean of what is named',
      { mode: 'reduceRow', reduce: { reducer: 'mean', include: ['a'] }, alias: 'm' },
      ['m', 1, 2, null, 4],
    ],
    [
      'a median without holes as 0',
      { mode: 'reduceRow', reduce: { reducer: 'median' } },
      ['Median', 5.5, 2, null, 22],
    ],
    [
      'a count, which is 0 of nothing',
      { mode: 'reduceRow', reduce: { reducer: 'allIsNull' } },
      ['All Nulls', 0, 0, 1, 0],
    ],
    [
      'two columns',
      { mode: 'binary', binary: { left: 'a', operator: '*', right: 'b' } },
      ['a * b', 10, null, null, 160],
    ],
    [
      'a column and a number',
      {
        mode: 'binary',
        binary: {
          left: { matcher: { id: 'byName', options: 'a' } },
          operator: '+',
          right: { fixed: '1' },
        },
      },
      ['a + 1', 2, 3, null, 5],
    ],
    [
      'one column',
      { mode: 'unary', unary: { operator: 'floor', fieldName: 'b' } },
      ['floor(b)', 10, null, null, 40],
    ],
    [
      'the sum so far',
      { mode: 'cumulativeFunctions', cumulative: { field: 'a', reducer: 'sum' } },
      ['cumulative sum(a)', 1, 3, null, 7],
    ],
    [
      'the mean so far',
      { mode: 'cumulativeFunctions', cumulative: { field: 'b', reducer: 'mean' } },
      ['cumulative mean(b)', 10, null, null, 25],
    ],
    [
      'a moving mean',
      {
        mode: 'windowFunctions',
        window: {
          field: 'b',
          reducer: 'mean',
          windowSizeMode: 'fixed',
          windowSize: 2,
          windowAlignment: 'trailing',
        },
      },
      ['trailing moving mean(b)', 10, 10, null, 40],
    ],
    ['the number of the row', { mode: 'index' }, ['Row', 0, 1, 2, 3]],
  ])('%s', async (_, options, expected) => {
    expect(await added(options)).toEqual(expected);
  });

  test("without holes a moving window is the library's own", async () => {
    const full = table('A', { Time: [1, 2, 3, 4, 5], a: [1, 2, 4, 8, 16] });
    const window = (windowAlignment: string, reducer: string) =>
      apply([full], 'calculateField', {
        mode: 'windowFunctions',
        window: { reducer, windowSizeMode: 'fixed', windowSize: 3, windowAlignment },
      });

    expect(
      columns((await window('trailing', 'mean'))[0])
        .at(-1)!
        .slice(1),
    ).toEqual([1, 1.5, 7 / 3, 14 / 3, 28 / 3]);
    expect(
      columns((await window('centered', 'mean'))[0])
        .at(-1)!
        .slice(1),
    ).toEqual([1.5, 7 / 3, 14 / 3, 28 / 3, 12]);
  });

  test('series are joined first, and replaceFields leaves the result alone', async () => {
    const [frame] = await apply(cpu, 'calculateField', {
      mode: 'reduceRow',
      reduce: { reducer: 'sum' },
      replaceFields: true,
      alias: 'all',
    });

    expect(columns(frame)).toEqual([
      ['Time', 1000, 2000],
      ['all', 4, 2],
    ]);
  });
});

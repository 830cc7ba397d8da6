import type { Frame } from '../frame';
import { transform, type Transformation } from '.';
import { apply, columns, hosts, series, table } from './testing';

describe('an entry', () => {
  const limit = { id: 'limit', options: { limitField: 1 } };

  test('with a filter leaves the other frames alone and in their place', async () => {
    const frames = [series('A', 'a', [1, 2]), series('B', 'b', [1, 2]), series('C', 'c', [1, 2])];

    const result = await apply(
      frames,
      'limit',
      { limitField: 1 },
      { filter: { id: 'byRefId', options: '/^(?:B)$/' } },
    );

    expect(result.map(({ refId, fields }) => [refId, fields[0]!.values.length])).toEqual([
      ['A', 2],
      ['B', 1],
      ['C', 2],
    ]);
  });

  test('for annotations does nothing to series, and the other way round', async () => {
    const forAnnotations: Transformation = { ...limit, topic: 'annotations' };

    expect((await transform([hosts], [forAnnotations])).frames).toEqual([hosts]);
    const { frames } = await transform(
      [hosts],
      [forAnnotations, { ...limit, options: { limitField: 0 } }],
      { topic: 'annotations' },
    );
    expect(frames[0]!.fields[0]!.values).toHaveLength(1);
  });

  test('may call the one column of values of a table by both its names', async () => {
    const one = table('A', { host: ['a'], 'Value #A': [1] });
    const renamed = async (name: string, frames: Frame[]) =>
      (await apply(frames, 'organize', { renameByName: { [name]: 'n' } })).map(columns);

    expect(await renamed('Value', [one])).toEqual([
      [
        ['host', 'a'],
        ['n', 1],
      ],
    ]);
    expect(await renamed('Value #A', [one])).toEqual([
      [
        ['host', 'a'],
        ['n', 1],
      ],
    ]);
    expect((await renamed('Value', [one, table('B', { 'Value #B': [2] })])).flat()[1]).toEqual([
      'Value #A',
      1,
    ]);
  });

  test('that is disabled is left out', async () => {
    expect((await transform([hosts], [{ ...limit, disabled: true }])).frames).toEqual([hosts]);
  });

  test('has its variables filled in', async () => {
    const options = { renameByName: { load: '$name' } };

    const { frames } = await transform([hosts], [{ id: 'organize', options }], {
      interpolate: (text) => text.replace('$name', 'Load'),
    });

    expect(frames[0]!.fields[1]!.name).toBe('Load');
    expect(options.renameByName.load).toBe('$name');
  });

  test('that cannot be done is told in a sentence, and the others are applied', async () => {
    const { frames, refused } = await transform(
      [hosts],
      [{ id: 'spatial' }, { id: 'joinByLabels' }, limit],
    );

    expect(refused).toEqual([
      'spatial was not applied: it needs a map, which Oriel does not have',
      'joinByLabels was not applied: it names no label whose values become columns',
    ]);
    expect(frames[0]!.fields[0]!.values).toEqual(['web']);
  });

  test.each<[string, unknown, Frame[]]>([
    ['histogram', { bucketSize: 1e-9 }, [table('A', { n: [0, 1e9] })]],
    ['transpose', {}, [table('A', { n: Array.from({ length: 20_000 }, (_, i) => i) })]],
    [
      'groupingToMatrix',
      { columnField: 'a', rowField: 'b', valueField: 'n' },
      [
        table(
          'A',
          Object.fromEntries(
            ['a', 'b', 'n'].map((name) => [name, Array.from({ length: 5_000 }, (_, i) => i)]),
          ),
        ),
      ],
    ],
    [
      'joinByField',
      { byField: 'k', mode: 'outerTabular' },
      ['A', 'B'].map((refId) =>
        table(refId, { k: new Array(3_000).fill('x'), [refId]: new Array(3_000).fill(1) }),
      ),
    ],
    [
      'merge',
      {},
      ['A', 'B'].map((refId) =>
        table(refId, {
          k: new Array(5_000).fill('x'),
          [refId]: Array.from({ length: 5_000 }, (_, i) => i),
        }),
      ),
    ],
    ['regression', { predictionCount: 1e9 }, [table('A', { Time: [1, 2], n: [1, 2] })]],
    ['heatmap', { xBuckets: { mode: 'size', value: 1e-9 } }, [series('A', 'a', [1, 2])]],
  ])('%s that would grow without bounds is refused', async (id, options, frames) => {
    const result = await transform(frames, [{ id, options }]);

    expect(result.refused).toEqual([
      expect.stringMatching(/was not applied: it would make [\d,]+ \w+.*, at most [\d,]+ are made/),
    ]);
    expect(result.frames).toBe(frames);
  });
});

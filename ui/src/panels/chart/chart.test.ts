// @vitest-environment jsdom
import '../testing';
import type { FieldConfig } from '../../frames/frame';
import { tellAsGrafana } from '../../frames/grafanaUnits';
import { logEnds, logTicks, shareOf, symlogTicks } from '../../frames/logTicks';
import { scaleOf, timeLabel, timeTicks } from '../../frames/ticks';
import { breakAtGaps, holesOf } from '../../frames/toUplot';
import type { Mark } from '../panel';
import { axesOf } from './axes';
import { linesOf, series } from './fixtures';
import { inkOf, opacityOf } from './ink';
import { inOrder, legendOptionsOf } from './legendOptions';
import { legendPlace } from './legendPlace';
import { limitsOf } from './limits';
import { flagsOf, missingText, reasonOf } from './marks';
import { paintsOf } from './paint';
import { axisText, bandsOf, lonelyRows, seriesOf, type PlotSpec } from './plot';
import { hiddenAtFirst } from './series';
import { rowsAt, tipOptionsOf } from './Tooltip';
import { nearestLine } from './wire';

const none: ReadonlySet<string> = new Set();
const near = (ticks: number[]): unknown[] => ticks.map((tick) => expect.closeTo(tick) as unknown);
const custom = (more: Record<string, unknown>): FieldConfig => ({ custom: more });
const one = (config: FieldConfig, values: (number | null)[] = [1, 2, 3]) =>
  linesOf([series('a', values, config)])[0]!;
const spec = (more: Partial<PlotSpec> = {}): PlotSpec => ({
  lines: [],
  hidden: none,
  thresholds: [],
  points: 100,
  showAxis: true,
  zone: 'browser',
  ...more,
});

describe('what uPlot is told of a line', () => {
  const told = (config: FieldConfig, points = 100) => {
    const line = one(config);
    return seriesOf(line, spec({ lines: [line], points }), axesOf([line], none));
  };

  test.each([
    ['nothing', {}, { width: 1.5 }],
    ['the default of Grafana', { lineWidth: 1 }, { width: 1.5 }],
    ['a thick line', { lineWidth: 4 }, { width: 4 }],
    ['a width as text', { lineWidth: '3' }, { width: 3 }],
    ['bars', { drawStyle: 'bars' }, { width: 0 }],
    ['dashes', { lineStyle: { fill: 'dash', dash: [10, 5] } }, { dash: [10, 5] }],
    ['dashes of no length', { lineStyle: { fill: 'dash' } }, { dash: [6, 4] }],
    ['dots', { lineStyle: { fill: 'dot' } }, { dash: [0, 6], cap: 'round' }],
    ['no fill', { fillOpacity: 0 }, { fill: undefined }],
    ['points alone', { drawStyle: 'points' }, { stroke: 'transparent', fill: undefined }],
  ])('%s', (_, draw, wanted) => {
    expect(told(custom(draw))).toMatchObject(wanted);
  });

  test.each([
    ['few points of themselves', {}, 10, true],
    ['many points of themselves', {}, 100, false],
    ['always', { showPoints: 'always' }, 100, true],
    ['never', { showPoints: 'never' }, 10, false],
    ['a chart of points', { drawStyle: 'points' }, 100, true],
    ['bars', { drawStyle: 'bars' }, 10, false],
  ])('dots: %s', (_, draw, count, wanted) => {
    expect(told(custom(draw), count).points!.show).toBe(wanted);
  });

  test('each way to join points has a path of its own', () => {
    const ways = ['linear', 'smooth', 'stepBefore', 'stepAfter'].map(
      (lineInterpolation) => one(custom({ lineInterpolation })).join,
    );

    expect(ways).toEqual(['linear', 'smooth', 'stepBefore', 'stepAfter']);
    expect(one(custom({ lineInterpolation: 'odd' })).join).toBe('linear');
  });

  test('more than four lines are thin and bare, stacked ones keep their fill', () => {
    const line = one(custom({}));
    const stacked = one(custom({ stacking: { mode: 'normal' }, fillOpacity: 35 }));

    expect(inkOf(line, 5, 'y')).toMatchObject({ width: 1.2, fill: undefined });
    expect(opacityOf(stacked, 9)).toBe(0.35);
    expect(opacityOf(one(custom({ drawStyle: 'bars', fillOpacity: 100 })), 9)).toBe(1);
  });

  test('a value between two holes is a point, one bridged over is not', () => {
    expect(lonelyRows([null, 1, null, 2, 3, null, 4])).toEqual([1, 6]);
    expect(lonelyRows([1, undefined, 2, null])).toEqual([]);
    expect(lonelyRows([null, undefined, 5, undefined])).toEqual([2]);
    expect(lonelyRows([])).toEqual([]);
  });
});

describe('gaps', () => {
  const columns = (): [number[], (number | null)[]] => [
    [0, 15, 30, 45, 60],
    [1, null, null, null, 5],
  ];

  test.each([
    ['the house breaks it', undefined, null],
    ['spanNulls joins all', Infinity, undefined],
    ['a threshold that is long enough joins it', 60, undefined],
    ['a threshold that is too short breaks it', 45, null],
  ])('%s', (_, limit, wanted) => {
    expect(breakAtGaps(columns(), 15, [limit])[1]![2]).toBe(wanted);
  });

  test('insertNulls breaks where the house would go on', () => {
    const [times, values] = breakAtGaps(
      [
        [0, 30],
        [1, 2],
      ],
      15,
      [20],
    );

    expect(times).toEqual([0, 15, 30]);
    expect(values).toEqual([1, null, 2]);
  });

  test('a hole of all series is told with its length; what comes and goes is none', () => {
    const steady = Array.from({ length: 40 }, (_, i) => (i >= 10 && i < 18 ? null : i));
    const times = steady.map((_, i) => i * 15);
    const flaky = times.map((_, i) => (i % 5 === 0 ? 1 : null));

    expect(holesOf([times, steady])).toEqual([{ from: 135, to: 270 }]);
    expect(holesOf([times, steady, times])).toEqual([]);
    expect(holesOf([times, flaky])).toEqual([]);
    expect(missingText([{ from: 0, to: 960 }])).toBe('16 min missing');
    expect(missingText([])).toBe('');
  });
});

describe('axes', () => {
  const keys = (frames: Parameters<typeof linesOf>[0]) =>
    axesOf(linesOf(frames), none).map(({ scale, side, show }) => [scale, side, show]);

  test('a second unit has its own axis on the right, a third beside it', () => {
    const frames = [
      series('watts', [100, 200], { unit: 'watt' }),
      series('more watts', [1], { unit: 'watt' }),
      series('heat', [60, 70], { unit: 'celsius' }),
      series('share', [0.5], { unit: 'percentunit' }),
    ];

    expect(keys(frames)).toEqual([
      ['y', 'left', true],
      ['y1', 'right', true],
      ['y2', 'right', true],
    ]);
  });

  test.each([
    ['right', 'right', true],
    ['left', 'left', true],
    ['hidden', 'left', false],
    ['auto', 'left', true],
  ])('placed %s', (axisPlacement, side, show) => {
    expect(keys([series('a', [1], custom({ axisPlacement }))])).toEqual([['y', side, show]]);
  });

  test.each([
    ['zero is included', {}, [40, 60], [0, 60]],
    ['the board fixes both ends', { min: 10, max: 90 }, [40, 60], [10, 90]],
    [
      'ends as text',
      { min: '0' as unknown as number, max: '80' as unknown as number },
      [1],
      [0, 80],
    ],
    ['a soft end gives way', custom({ axisSoftMax: 100 }), [150], [0, 150]],
    ['a soft end holds', custom({ axisSoftMax: 100 }), [5], [0, 100]],
    ['a soft start above zero leaves zero out', custom({ axisSoftMin: 90 }), [95, 99], [90, 100]],
    ['zero in the middle', custom({ axisCenteredZero: true }), [-2, 4], [-4, 4]],
    ['nothing at all', {}, [null], [0, 1]],
  ])('%s', (_, config, values, [min, max]) => {
    const [axis] = axesOf(linesOf([series('a', values, config)]), none);

    expect([axis!.min, axis!.max]).toEqual([min, max]);
  });

  test('times of day do not begin at 1970', () => {
    const [axis] = axesOf(
      linesOf([series('a', [1.7e12, 1.7e12 + 1e6], { unit: 'dateTimeAsIso' })]),
      none,
    );

    expect(axis!.min).toBeGreaterThan(1.6e12);
  });

  test('percent stacks to a hundred whatever the unit', () => {
    const config = { unit: 'bytes', custom: { stacking: { mode: 'percent' } } };
    const lines = linesOf([series('a', [1], config), series('b', [3], config)]);

    expect(axesOf(lines, none)[0]).toMatchObject({ min: 0, max: 100, config: { unit: 'percent' } });
    expect(lines.map(({ drawn }) => drawn[0])).toEqual([25, 100]);
  });

  test('a threshold near the data keeps its place, one far off does not', () => {
    const lines = linesOf([series('a', [50])]);

    expect(axesOf(lines, none, [{ value: 95 }])[0]!.max).toBeGreaterThan(95);
    expect(axesOf(lines, none, [{ value: 9500 }])[0]!.max).toBe(60);
  });

  test('a logarithmic axis goes by powers; zero has no place on it', () => {
    const scaled = custom({ scaleDistribution: { type: 'log', log: 10 } });
    const [axis] = axesOf(linesOf([series('a', [0, 0.3, 4200], scaled)]), none);

    expect([axis!.min, axis!.max]).toEqual([0.1, 10_000]);
    expect(axis!.ticks).toEqual(near([0.1, 1, 10, 100, 1000, 10_000]));
    expect(shareOf(0, axis!, axis!.spread)).toBeNull();
    expect(shareOf(1, { min: 0.1, max: 10 }, axis!.spread)).toBeCloseTo(0.5);
  });

  test.each([
    [2, 3, 900, near([2, 8, 32, 128, 512])],
    [10, 3, 7, near([1, 2, 5, 10])],
  ])('powers of %s from %s to %s', (base, low, high, ticks) => {
    expect(logTicks(logEnds(low, high, base), base)).toEqual(ticks);
  });

  test('a symmetric one has zero between its powers', () => {
    const spread = { kind: 'symlog', base: 10, threshold: 1 } as const;

    expect(symlogTicks({ min: -100, max: 1000 }, spread)).toEqual(near([-100, -1, 0, 10, 1000]));
  });

  test('an end that lies on the wrong side of the other still gives an axis', () => {
    expect(scaleOf(5, 9, '', { min: 10, max: 3 })).toMatchObject({ min: 10, max: 10.25 });
  });
});

describe('stacks and bands', () => {
  const stacked = (group = 'A') => custom({ stacking: { mode: 'normal', group }, fillOpacity: 20 });

  test('groups stand apart, values below zero hang down on their own', () => {
    const lines = linesOf([
      series('a', [1], stacked()),
      series('b', [2], stacked()),
      series('c', [-3], stacked()),
      series('d', [-4], stacked()),
      series('e', [5], stacked('B')),
    ]);

    expect(lines.map(({ drawn }) => drawn[0])).toEqual([1, 3, -3, -7, 5]);
    expect(bandsOf({ lines, hidden: none })).toMatchObject([
      { series: [2, 1], dir: -1 },
      { series: [4, 3], dir: 1 },
    ]);
  });

  test('a group of false stands apart', () => {
    const apart = custom({ stacking: { mode: 'normal', group: false } });
    const lines = linesOf([series('total', [9], apart), series('a', [1], stacked())]);

    expect(lines.map(({ drawn }) => drawn[0])).toEqual([9, 1]);
  });

  test('a hidden one takes no room in the stack', () => {
    const lines = linesOf([series('a', [1], stacked()), series('b', [2], stacked())], ['a']);

    expect(lines[1]!.drawn).toEqual([2]);
    expect(bandsOf({ lines, hidden: new Set(['a']) })).toEqual([]);
  });

  test('fillBelowTo fills the room between two lines', () => {
    const lines = linesOf([series('p99', [9], custom({ fillBelowTo: 'p50' })), series('p50', [1])]);

    expect(bandsOf({ lines, hidden: none })).toMatchObject([{ series: [1, 2] }]);
    expect(bandsOf({ lines, hidden: new Set(['p50']) })).toEqual([]);
  });

  test('negative-Y hangs down but tells its value; constant is the first value all along', () => {
    expect(one(custom({ transform: 'negative-Y' }), [5])).toMatchObject({
      drawn: [-5],
      values: [5],
    });
    expect(one(custom({ transform: 'constant' }), [7, 9, null]).drawn).toEqual([7, 7, 7]);
  });
});

describe('what the board hides', () => {
  test('viz alone starts switched off, viz and legend are gone', () => {
    const off = custom({ hideFrom: { viz: true, legend: false, tooltip: false } });
    const gone = custom({ hideFrom: { viz: true, legend: true } });
    const frames = [series('a', [1], off), series('b', [2], gone), series('c', [3])];

    expect([...hiddenAtFirst(frames)]).toEqual(['a']);
    expect(linesOf(frames).map(({ name }) => name)).toEqual(['a', 'c']);
  });
});

describe('colours', () => {
  const thresholds = {
    mode: 'absolute' as const,
    steps: [
      { value: null, color: 'green' },
      { value: 80, color: 'red' },
    ],
  };
  const colour = (config: FieldConfig, values = [10, 90]) =>
    paintsOf([{ type: 'number', name: 'a', values, config }])[0]!.colour;

  test.each([
    ['the palette', {}, 'var(--c1)'],
    ['fixed', { color: { mode: 'fixed', fixedColor: 'orange' } }, 'var(--c2)'],
    ['by thresholds', { color: { mode: 'thresholds' }, thresholds }, 'var(--crit)'],
    ['thresholds without steps', { color: { mode: 'thresholds' } }, 'var(--c1)'],
    ['a run at its end', { color: { mode: 'continuous-GrYlRd' }, min: 0, max: 90 }, 'var(--crit)'],
    ['an unknown mode', { color: { mode: 'odd' } }, 'var(--c1)'],
  ])('%s', (_, config, wanted) => {
    expect(colour(config)).toBe(wanted);
  });

  test('the value that decides is the one the board names', () => {
    const color = { mode: 'thresholds', seriesBy: 'min' } as FieldConfig['color'];

    expect(colour({ color, thresholds })).toBe('var(--c10)');
  });

  test('a second shade differs from the first', () => {
    const config = { color: { mode: 'shades', fixedColor: 'blue' } };
    const paints = paintsOf(
      [1, 2].map((i) => ({ type: 'number', name: `${i}`, values: [i], config })),
    );

    expect(paints[0]!.colour).not.toBe(paints[1]!.colour);
  });
});

describe('the legend', () => {
  const lines = linesOf([series('a', [1, 9]), series('b', [5, 2]), series('c', [null])]);
  const room = { width: 800, height: 240, head: 0 };

  test.each([
    ['hidden', { showLegend: false }, 'none'],
    ['hidden the old way', { displayMode: 'hidden' }, 'none'],
    ['a table below', { displayMode: 'table', placement: 'bottom', calcs: ['max'] }, 'below'],
    ['a table at the side', { displayMode: 'table', placement: 'right' }, 'side'],
    ['a list at the side', { displayMode: 'list', placement: 'right' }, 'side'],
    ['few names', { displayMode: 'list', placement: 'bottom' }, 'chips'],
  ])('%s', (_, told, at) => {
    expect(legendPlace(lines, legendOptionsOf(told), room).at).toBe(at);
  });

  test('where the head has room, few names go there', () => {
    expect(legendPlace(lines, legendOptionsOf({}), { ...room, head: 500 }).at).toBe('head');
  });

  test('a table gives way where the chart would have no room', () => {
    const told = legendOptionsOf({ displayMode: 'table', placement: 'bottom' });

    expect(legendPlace(lines, told, { ...room, height: 100 }).at).toBe('none');
  });

  test.each([
    ['Name', false, ['a', 'b', 'c']],
    ['Last *', true, ['a', 'b', 'c']],
    ['Mean', false, ['b', 'a', 'c']],
    ['Max', true, ['a', 'b', 'c']],
  ])('sorted by %s, descending %s', (sortBy, sortDesc, wanted) => {
    const { sortBy: by = '', descending } = legendOptionsOf({ sortBy, sortDesc });

    expect(inOrder(lines, { by, descending }).map(({ name }) => name)).toEqual(wanted);
  });
});

describe('the tooltip', () => {
  const lines = linesOf([series('a', [1]), series('b', [0]), series('c', [7])]);
  const names = (told: unknown, focused: number | null = null) =>
    rowsAt(0, lines, none, tipOptionsOf(told), focused).map(({ line }) => line.name);

  test.each([
    ['the highest first', {}, ['c', 'a', 'b']],
    ['rising', { sort: 'asc' }, ['b', 'a', 'c']],
    ['without zeros', { hideZeros: true }, ['c', 'a']],
  ])('%s', (_, told, wanted) => {
    expect(names(told)).toEqual(wanted);
  });

  test('a single one is that under the pointer', () => {
    expect(names({ mode: 'single' }, 0)).toEqual(['a']);
    expect(names({ mode: 'single' })).toHaveLength(3);
  });

  test('the nearest line is found by its height', () => {
    const u = {
      series: [{}, { scale: 'y' }, { scale: 'y1' }, { show: false }],
      data: [[0], [10], [90], [52]],
      cursor: { top: 50 },
      valToPos: (value: number) => value,
    };

    expect(nearestLine(u as never, 0)).toBe(0 + (Math.abs(10 - 50) <= Math.abs(90 - 50) ? 0 : 1));
    expect(nearestLine({ ...u, cursor: { top: 80 } } as never, 0)).toBe(1);
    expect(nearestLine({ ...u, data: [[0], [null], [null], [1]] } as never, 0)).toBeNull();
  });
});

describe('thresholds', () => {
  const steps = [
    { value: null, color: 'green' },
    { value: 80, color: 'red' },
  ];
  const limits = (mode: string) =>
    limitsOf([
      one({ thresholds: { mode: 'absolute', steps }, custom: { thresholdsStyle: { mode } } }),
    ]);

  test.each([
    ['off', []],
    ['series', []],
    ['line', [{ line: true, dashed: false, area: false }]],
    ['dashed', [{ line: true, dashed: true, area: false }]],
    ['area', [{ line: false, dashed: false, area: true }]],
    ['line+area', [{ line: true, dashed: false, area: true }]],
    ['dashed+area', [{ line: true, dashed: true, area: true }]],
  ])('%s', (mode, wanted) => {
    expect(limits(mode)).toMatchObject(wanted);
  });
});

describe('what happened', () => {
  const mark = (fromMs: number, title: string, kind: Mark['kind'] = 'change'): Mark => ({
    fromMs,
    title,
    kind,
    text: '',
    tags: [],
    colour: kind,
  });
  const room = { fromMs: 0, toMs: 1000, width: 1000, textWidth: (text: string) => text.length * 6 };

  test('near ones share a flag, whose colour is that of the worst', () => {
    const flags = flagsOf([mark(500, 'b', 'alert'), mark(497, 'a'), mark(800, 'c')], room);

    expect(flags.map(({ words, colour }) => [words, colour])).toEqual([
      ['a +1', 'alert'],
      ['c', 'change'],
    ]);
  });

  test('words stand left of the flag, right of it at the start, nowhere without room', () => {
    const flags = flagsOf([mark(20, 'started'), mark(300, 'changed'), mark(330, 'again')], room);

    expect(flags.map(({ words, side }) => (words ? side : ''))).toEqual(['right', 'left', 'right']);
    expect(flagsOf([mark(5, 'a very long name')], { ...room, width: 80 })[0]!.words).toBe('');
  });

  test('what lies outside the window has no flag', () => {
    expect(flagsOf([mark(-1, 'before'), mark(1001, 'after')], room)).toEqual([]);
  });

  test('a gap is explained by what is known about collection then', () => {
    const told = { ...mark(100_000, 'scrape timed out', 'collection'), toMs: 200_000 };

    expect(reasonOf({ from: 110, to: 190 }, [told])).toBe('scrape timed out');
    expect(reasonOf({ from: 300, to: 400 }, [told])).toBe('no data');
  });
});

test.each([
  [1.5, 's', 0.5, '1.5\u00a0s'],
  [2, 's', 0.5, '2\u00a0s'],
  [0.05, 'percentunit', 0.05, '5\u00a0%'],
  [250, 'none', 250, '250'],
  [0.0075, 'none', 0.0025, '0.0075'],
  [0, 'none', 0.25, '0'],
])('the axis writes %s %s by steps of %s as %s', (value, unit, step, told) => {
  expect(axisText(value, { unit, tell: tellAsGrafana }, step)).toBe(told);
});

test('the axis of time goes by the clock of Greenwich where the board wants it', () => {
  const [first] = timeTicks(1_000_000_001, 1_000_010_000, 600, 64, 'utc');

  expect(first! % 900).toBe(0);
  expect(timeLabel(1_000_000_800, 900, 'utc')).toBe('02:00');
});

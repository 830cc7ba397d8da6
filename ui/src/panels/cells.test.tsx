import './testing';
import axe from 'axe-core';
import { fireEvent, render, screen, within } from '@testing-library/react';
import type { PanelViewProps } from '.';
import type { Field, FieldConfig, Frame } from '../frames/frame';
import { tellAsGrafana } from '../frames/grafanaUnits';
import { takeTeller } from '../frames/units';
import BarGauge from './bargauge';
import Gauge from './gauge';
import Stat from './stat';
import Table from './table';
import { reduced, changeOf, withSpans } from './values';

beforeAll(() => takeTeller(tellAsGrafana)); // as the dashboards route does

const props = (more: Partial<PanelViewProps> = {}): PanelViewProps => ({
  title: 'Power',
  options: {},
  oriel: {},
  frames: [],
  range: { fromMs: 0, toMs: 60_000 },
  stepMs: 15_000,
  width: 600,
  height: 200,
  head: null,
  say: (text) => text,
  onZoom: () => undefined,
  ...more,
});
const series = (name: string, values: (number | null)[], config: FieldConfig = {}): Frame => ({
  refId: 'A',
  fields: [
    { name: 'Time', type: 'time', values: values.map((_, i) => i * 15_000) },
    { name, type: 'number', labels: {}, values, config },
  ],
});
const table = (...fields: Field[]): Frame => ({ refId: 'A', fields });
const limits: FieldConfig['thresholds'] = {
  mode: 'absolute',
  steps: [
    { value: null, color: 'green' },
    { value: 80, color: 'orange' },
    { value: 90, color: 'red' },
  ],
};

async function violations(element: Element): Promise<string[]> {
  const found = await axe.run(element, { rules: { 'color-contrast': { enabled: false } } });
  return found.violations.map(({ id, help }) => `${id}: ${help}`);
}

describe('what is reduced', () => {
  const frame = table(
    { name: 'Time', type: 'time', values: [1, 2] },
    { name: 'model', type: 'text', values: ['llama', 'qwen'] },
    { name: 'version', type: 'text', values: ['0.9', null] },
    { name: 'Value', type: 'number', values: [4, null], config: { unit: 's' } },
  );
  const said = (options: object) =>
    reduced([frame], { reduceOptions: options }).map(({ name, value, text }) => [
      name,
      text ?? value,
    ]);

  test('numbers alone, where no field is named', () => {
    expect(said({ calcs: ['lastNotNull'] })).toEqual([['Value', 4]]);
  });
  test('a field of words by its name, or by an expression', () => {
    expect(said({ fields: 'version' })).toEqual([['version', '0.9']]);
    expect(said({ fields: '/^(model|version)$/' })).toEqual([
      ['model', 'qwen'],
      ['version', '0.9'],
    ]);
  });
  test('every row, named by its words; a missing one stays missing', () => {
    expect(said({ values: true })).toEqual([
      ['llama 0.9', 4],
      ['qwen', null],
    ]);
    expect(said({ values: true, limit: 1 })).toHaveLength(1);
  });
  test('several calculations of one series', () => {
    const all = reduced([series('cpu', [1, 5, 3])], { reduceOptions: { calcs: ['max', 'mean'] } });

    expect(all.map(({ name, value }) => [name, value])).toEqual([
      ['cpu, max', 5],
      ['cpu, mean', 3],
    ]);
  });
  test('spans are the board’s, the whole of a share, else of all data together', () => {
    const frames = [
      series('a', [20, 40]),
      series('b', [60], { unit: 'percent' }),
      series('c', [5], { min: 1, max: 9 }),
      series('d', [7, 8], { fieldMinMax: true }),
    ];
    const spans = (fromZero: boolean) =>
      withSpans(reduced(frames, {}), fromZero).map(({ config }) => [config.min, config.max]);

    expect(spans(false)).toEqual([
      [5, 60],
      [0, 100],
      [1, 9],
      [7, 8],
    ]);
    expect(spans(true)[0]).toEqual([0, 60]);
  });
  test('the change is against the first value; from zero it says nothing', () => {
    expect(changeOf(reduced([series('a', [null, 50, 75])], {})[0]!)).toBeCloseTo(0.5);
    expect(changeOf(reduced([series('a', [0, 75])], {})[0]!)).toBeNull();
  });
});

describe('a stat', () => {
  const states = () => screen.getAllByRole('status').map((state) => state.textContent);

  test.each([
    ['auto', ['12', '13'], true],
    ['value', ['12', '13'], false],
    ['value_and_name', ['12', '13'], true],
    ['name', ['gpu 0', 'gpu 1'], true],
  ])('in text mode %s shows %j', (textMode, shown, named) => {
    const frames = [series('gpu 0', [12]), series('gpu 1', [13])];
    render(<Stat {...props({ frames, options: { textMode } })} />);

    expect(states()).toEqual(shown);
    expect(screen.queryByText('gpu 0') !== null).toBe(named);
  });

  test('in text mode none shows no value at all', () => {
    render(<Stat {...props({ frames: [series('a', [12])], options: { textMode: 'none' } })} />);

    expect(screen.queryByRole('status')).toBeNull();
  });

  test('says a missing value in the board’s words, never as zero', () => {
    render(<Stat {...props({ frames: [series('a', [null], { noValue: 'idle', unit: 's' })] })} />);

    expect(states()).toEqual(['idle']);
  });

  test.each([
    ['none', 95, false, false],
    ['value', 95, true, false],
    ['background', 95, true, true],
    ['background', 10, false, true],
    ['background_solid', 85, true, true],
  ])('colour mode %s at %d: glyph %s, ground %s', (colorMode, value, glyph, ground) => {
    const frames = [series('a', [value], { thresholds: limits })];
    const { container } = render(<Stat {...props({ frames, options: { colorMode } })} />);

    expect(screen.queryByRole('img', { name: /critical|warning/ }) !== null).toBe(glyph);
    expect(container.querySelector('[class*=grounded]') !== null).toBe(ground);
  });

  test('a fixed colour says nothing about good and bad', () => {
    const frames = [
      series('a', [95], { thresholds: limits, color: { mode: 'fixed', fixedColor: '#1F60C4' } }),
    ];
    render(<Stat {...props({ frames })} />);

    expect(screen.queryByRole('img', { name: 'critical' })).toBeNull();
  });

  test('tells the change of the range in percent', () => {
    const frames = [series('a', [50, 60, 75])];
    render(<Stat {...props({ frames, options: { showPercentChange: true } })} />);

    expect(screen.getByTitle('against the start of the range').textContent).toBe(
      '\u2191 50\u00a0%',
    );
  });

  test('a value leads where its data link leads', () => {
    const links = () => [{ title: 'More', href: 'd/more', newTab: false }];
    render(<Stat {...props({ frames: [series('a', [12])], links })} />);

    expect(screen.getByRole('link').getAttribute('href')).toBe('d/more');
  });
});

describe('a bar gauge', () => {
  const frames = [series('a', [20], { max: 100 }), series('b', [null], { max: 100 })];

  test('a missing value has no bar and says so', () => {
    const { container } = render(<BarGauge {...props({ frames })} />);

    expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      'a20',
      'bno data',
    ]);
    expect(container.querySelectorAll('[style*="--share"]')).toHaveLength(1);
  });
  test('in cells, as many are lit as the value fills', () => {
    const { container } = render(
      <BarGauge {...props({ frames: frames.slice(0, 1), options: { displayMode: 'lcd' } })} />,
    );
    const cells = container.querySelectorAll('[aria-hidden] > i');

    expect(
      [...cells].filter((cell) => cell.hasAttribute('style')).length / cells.length,
    ).toBeCloseTo(0.2, 1);
  });
  test.each(['hidden', 'color'])('its value mode is %s', (valueMode) => {
    render(<BarGauge {...props({ frames, options: { valueMode } })} />);

    expect(screen.queryByText('20') !== null).toBe(valueMode === 'color');
  });
  test('names may be hidden', () => {
    render(<BarGauge {...props({ frames, options: { namePlacement: 'hidden' } })} />);

    expect(screen.queryByText('a')).toBeNull();
  });
});

describe('a gauge', () => {
  test('of several has one round each, with its name', () => {
    render(<Gauge {...props({ frames: [series('a', [1]), series('b', [2])] })} />);

    expect(screen.getAllByRole('img')).toHaveLength(2);
    expect(screen.getByText('b')).toBeTruthy();
  });
  test('of nothing has no arc, and says so', () => {
    const { container } = render(<Gauge {...props({ frames: [series('a', [null])] })} />);

    expect(container.querySelectorAll('[class*=value]')).toHaveLength(0);
    expect(screen.getByText('no data')).toBeTruthy();
  });
  test('labels its thresholds where the board asks for it', () => {
    const frames = [series('a', [50], { thresholds: limits, unit: 'percent' })];
    render(<Gauge {...props({ frames, options: { showThresholdLabels: true } })} />);

    for (const label of ['0', '80', '90', '100']) expect(screen.getByText(label)).toBeTruthy();
  });
});

describe('a table', () => {
  const names = ['b', 'a', 'c', 'a'];
  const frame = table(
    { name: 'Name', type: 'text', values: names, config: { custom: { filterable: true } } },
    {
      name: 'CPU',
      type: 'number',
      values: [3, 2, null, 9],
      config: { unit: 's', thresholds: limits },
    },
  );
  const cells = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) =>
        within(row)
          .getAllByRole('cell')
          .map((cell) => cell.textContent),
      );
  const with_ = (custom: object, values: unknown[], config: FieldConfig = {}, type = 'number') =>
    table({
      name: 'X',
      type,
      values,
      config: { ...config, custom: { cellOptions: custom } },
    } as Field);

  test('is sorted by several columns with Shift', () => {
    render(<Table {...props({ frames: [frame] })} />);

    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    fireEvent.click(screen.getByRole('button', { name: /^CPU/ }), { shiftKey: true });

    expect(cells().map((row) => row.join(' '))).toEqual([
      'a 9\u00a0s',
      'a 2\u00a0s',
      'b 3\u00a0s',
      'c no data',
    ]);
  });

  test('begins in the order the board asks for', () => {
    const options = { sortBy: [{ displayName: 'CPU', desc: true }] };
    render(<Table {...props({ frames: [frame], options })} />);

    expect(cells().map(([, cpu]) => cpu)).toEqual(['9\u00a0s', '3\u00a0s', '2\u00a0s', 'no data']);
  });

  test('a column’s filter lets through what is chosen', () => {
    render(<Table {...props({ frames: [frame] })} />);

    fireEvent.focus(screen.getByRole('searchbox', { name: 'Find in Name', hidden: true }));
    fireEvent.click(screen.getByRole('checkbox', { name: 'a', hidden: true }));

    expect(cells().map(([name]) => name)).toEqual(['a', 'a']);
  });

  test('its foot reckons over the rows that are shown', () => {
    const options = { footer: { show: true, reducer: ['sum', 'max'], countRows: false } };
    render(<Table {...props({ frames: [frame], options })} />);

    expect(cells().at(-1)!.at(-1)).toBe('sum, max 14\u00a0s, 9\u00a0s');
  });

  test('pages hold as many rows as fit', () => {
    const many = table({
      name: 'N',
      type: 'number',
      values: Array.from({ length: 40 }, (_, i) => i),
    });
    render(<Table {...props({ frames: [many], options: { enablePagination: true } })} />);
    const first = cells()[0]![0];

    fireEvent.click(screen.getByRole('button', { name: 'Next' }));

    expect(first).toBe('0');
    expect(Number(cells()[0]![0])).toBe(cells().length);
    expect(screen.getByText(/of 40$/)).toBeTruthy();
  });

  test('of 5,000 rows only those near the window are in the page', () => {
    const many = table({
      name: 'N',
      type: 'number',
      values: Array.from({ length: 5000 }, (_, i) => i),
    });
    render(<Table {...props({ frames: [many] })} />);

    expect(screen.getAllByRole('row').length).toBeLessThan(60);
    const scroll = screen.getByRole('region');
    scroll.scrollTop = 26 * 2500;
    fireEvent.scroll(scroll);
    expect(screen.getByText('2500')).toBeTruthy();
  });

  test('several tables are chosen by name, the board’s first', () => {
    const other = { ...table({ name: 'Other', type: 'text', values: ['x'] }), name: 'second' };
    render(<Table {...props({ frames: [frame, other], options: { frameIndex: 1 } })} />);
    expect(screen.getByRole('columnheader', { name: 'Other' })).toBeTruthy();

    fireEvent.change(screen.getByRole('combobox'), { target: { value: '0' } });

    expect(screen.getByRole('columnheader', { name: 'CPU' })).toBeTruthy();
  });

  test.each([
    ['a bar beside its number', with_({ type: 'gauge', mode: 'lcd' }, [5], { max: 10 }), '5'],
    ['words of a list', with_({ type: 'pill' }, ['a,b'], {}, 'text'), 'ab'],
    ['JSON', with_({ type: 'json-view' }, [{ a: 1 }], {}, 'other'), '{"a":1}…'],
    [
      'the last value of a series',
      with_({ type: 'sparkline' }, [series('s', [1, 2, 8])], {}, 'other'),
      '8',
    ],
    ['true', with_({ type: 'auto' }, [true], {}, 'boolean'), 'true'],
    ['missing words', with_({ type: 'auto' }, [null], {}, 'text'), ''],
    [
      'missing words the board has words for',
      with_({}, [null], { noValue: 'not set' }, 'text'),
      'not set',
    ],
    ['a time', with_({}, [1_700_000_000_000], {}, 'time'), '2023-11-14 22:13:20'],
  ] as const)('a cell shows %s', (_, one, text) => {
    render(<Table {...props({ frames: [one], timeZone: 'utc' })} />);

    expect(cells()).toEqual([[text]]);
  });

  test('a picture is only what a page may show without running it', () => {
    const frames = [
      with_({ type: 'image' }, ['https://x/y.png', 'javascript:alert(1)'], {}, 'text'),
    ];
    const { container } = render(<Table {...props({ frames })} />);

    expect([...container.querySelectorAll('img')].map((image) => image.src)).toEqual([
      'https://x/y.png',
    ]);
  });

  test('a ground is drawn for a value past its limit, of the whole row where the board asks', () => {
    const rows = table(
      { name: 'Name', type: 'text', values: ['a', 'b'] },
      {
        name: 'CPU',
        type: 'number',
        values: [95, null],
        config: {
          thresholds: limits,
          custom: { cellOptions: { type: 'color-background', applyToRow: true } },
        },
      },
    );
    render(<Table {...props({ frames: [rows] })} />);
    const [, first, second] = screen.getAllByRole('row');

    expect(lookedUp(first!)).toEqual([true, true]);
    expect(lookedUp(second!)).toEqual([false, false]);
  });
  const lookedUp = (row: HTMLElement) =>
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.style.background !== '');

  test('rows within a row are opened', () => {
    const within_ = table({ name: 'Pod', type: 'text', values: ['web-1'] });
    const frames = [
      table(
        { name: 'Name', type: 'text', values: ['web'] },
        { name: 'Nested', type: 'other', values: [[within_]] },
      ),
    ];
    render(<Table {...props({ frames })} />);
    expect(screen.queryByText('web-1')).toBeNull();

    fireEvent.click(screen.getByRole('button', { name: 'Rows within' }));

    expect(screen.getByText('web-1')).toBeTruthy();
  });

  test('hidden columns stay away, the head too where the board wants none', () => {
    const frames = [
      table(
        { name: 'Name', type: 'text', values: ['web'] },
        { name: 'Id', type: 'text', values: ['7'], config: { custom: { hidden: 'true' } } },
      ),
    ];
    render(<Table {...props({ frames, options: { showHeader: false } })} />);

    expect(screen.queryAllByRole('columnheader')).toHaveLength(0);
    expect(screen.queryByText('7')).toBeNull();
  });
});

test.each([
  [
    'a stat',
    Stat,
    [series('a', [1, 95, 95], { thresholds: limits }), series('b', [null])],
    { colorMode: 'background' },
  ],
  ['a gauge', Gauge, [series('a', [95], { thresholds: limits })], { showThresholdLabels: true }],
  ['a bar gauge', BarGauge, [series('a', [95], { thresholds: limits }), series('b', [null])], {}],
  [
    'an upright bar gauge',
    BarGauge,
    [series('a', [95])],
    { orientation: 'vertical', displayMode: 'gradient' },
  ],
  [
    'a table',
    Table,
    [
      table({
        name: 'N',
        type: 'number',
        values: [1, 2],
        config: { custom: { filterable: true, inspect: true } },
      }),
    ],
    { enablePagination: true, footer: { show: true, reducer: ['sum'] } },
  ],
] as const)('%s has nothing that axe finds', async (_, Kind, frames, options) => {
  const { container } = render(<Kind {...props({ frames, options })} />);

  expect(await violations(container)).toEqual([]);
});

import '../testing';
import axe from 'axe-core';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { panelProps, series } from '../chart/fixtures';
import type { Mark } from '../panel';
import TimeSeries from '.';

const mark: Mark = {
  fromMs: 30_000,
  title: 'litellm restarted',
  text: 'on atlas-01',
  tags: ['restart'],
  colour: 'var(--info)',
  kind: 'change',
};
const frames = [
  series('in', [40, 42], { unit: 'percent', decimals: 0 }),
  series('out', [10, 11], { unit: 'percent', decimals: 0 }),
];

const violations = async (element: Element) =>
  (await axe.run(element, { rules: { 'color-contrast': { enabled: false } } })).violations.map(
    ({ id }) => id,
  );

test.each([
  ['bare', {}],
  [
    'with a table',
    { legend: { displayMode: 'table', placement: 'bottom', calcs: ['max', 'mean'] } },
  ],
])('a chart %s, with flags and diamonds, has nothing axe would name', async (_, options) => {
  const { container } = render(
    <TimeSeries
      {...panelProps({
        frames,
        options,
        height: 300,
        annotations: [mark],
        exemplars: [
          { refId: 'A', timeMs: 20_000, value: 41, labels: { trace_id: 'abc' }, seriesLabels: {} },
        ],
      })}
    />,
  );

  expect(await violations(container)).toEqual([]);
});

test('a flag tells its words on focus, and takes them back', () => {
  render(<TimeSeries {...panelProps({ frames, annotations: [mark] })} />);
  const flag = screen.getByRole('button', { name: 'litellm restarted' });

  fireEvent.focus(flag);
  expect(screen.getByRole('status').textContent).toContain('on atlas-01');

  fireEvent.blur(flag);
  expect(screen.queryByRole('status')).toBeNull();
});

test('the flags are one stop of the Tab key; arrows go on within them', () => {
  const second = { ...mark, fromMs: 55_000, title: 'vllm restarted' };
  render(<TimeSeries {...panelProps({ frames, annotations: [mark, second] })} />);
  const [first, next] = ['litellm restarted', 'vllm restarted'].map((name) =>
    screen.getByRole('button', { name }),
  );

  expect([first!.tabIndex, next!.tabIndex]).toEqual([0, -1]);
  act(() => first!.focus());
  fireEvent.keyDown(first!, { key: 'ArrowRight' });

  expect(document.activeElement).toBe(next);
});

test('a diamond names the labels of its case', () => {
  const exemplars = [
    { refId: 'A', timeMs: 20_000, value: 41, labels: { trace_id: 'abc123' }, seriesLabels: {} },
  ];
  render(<TimeSeries {...panelProps({ frames, exemplars })} />);

  fireEvent.focus(screen.getByRole('button', { name: /^exemplar/ }));

  expect(screen.getByRole('status').textContent).toContain('abc123');
});

test('what is missing is said in the legend and aloud', () => {
  const values = Array.from({ length: 40 }, (_, i) => (i >= 10 && i < 18 ? null : 1));
  render(
    <TimeSeries
      {...panelProps({ frames: [series('a', values)], range: { fromMs: 0, toMs: 600_000 } })}
    />,
  );

  expect(screen.getByText('2 min missing')).toBeTruthy();
  expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(/; 2 min missing$/);
});

test('a head of the table orders by its column, a second click turns it round', () => {
  const legend = { displayMode: 'table', placement: 'bottom', calcs: ['max'] };
  render(<TimeSeries {...panelProps({ frames, height: 300, options: { legend } })} />);
  const names = () =>
    screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => row.textContent);

  expect(names()).toEqual(['in42', 'out11']);
  fireEvent.click(screen.getByRole('button', { name: 'max' }));
  fireEvent.click(screen.getByRole('button', { name: 'max' }));

  expect(names()).toEqual(['out11', 'in42']);
});

import '../panels/testing';
import { EditorView } from '@codemirror/view';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, configure, fireEvent, render, screen } from '@testing-library/react';
import { BrowserRouter } from 'react-router';
import { fakeServer, json, type Asked } from '../api/fakeServer';
import ExplorePage from './ExplorePage';

configure({ asyncUtilTimeout: 10_000 }); // the editor is loaded on demand, which takes as long as it takes

let server: ReturnType<typeof fakeServer>;
const fault = { errorType: 'bad_data', error: '1:1: parse error: unexpected ")"' };
const result = [
  { metric: { __name__: 'node_load1', job: 'node' }, values: [[1_763_431_200, '0.5']] },
];

const explanation = {
  text: 'the per-second growth of node_load1, averaged over the last 5 minutes',
  part: {
    start: 0,
    end: 20,
    row: 'rate',
    says: [
      { words: 'the per-second growth of ' },
      { part: { start: 5, end: 15, says: [{ name: 'node_load1' }], below: [] } },
    ],
    below: [],
  },
};
const rate = {
  kind: 'function',
  name: 'rate',
  signature: 'rate(range vector) instant vector',
  takes: ['matrix'],
  returns: 'vector',
  experimental: false,
  doc: 'How much a counter grows per second.',
  example: 'rate(x[5m])',
};
const histogram = {
  count: '7',
  sum: '12.5',
  buckets: [
    [0, '0.5', '1', '3'],
    [0, '1', '2', '4'],
  ],
};
/** Written as text: in an object literal `__proto__` is no name of its own. */
const odd = JSON.parse(
  '[{"__proto__": "odd <b>", "constructor": "later"}, {"toString": "own", "job": "node"}]',
) as Record<string, string>[];
const info = 'PromQL info: metric might not be a counter (1:6)';

beforeEach(() => {
  localStorage.clear();
  server = fakeServer({
    '/api/v1/label/__name__/values': {
      data: ['node_load1', 'node_cpu_seconds_total', 'go_threads'],
    },
    '/api/v1/metadata': {
      data: { node_cpu_seconds_total: [{ type: 'counter', help: 'Seconds by mode.', unit: '' }] },
    },
    '/api/v1/query_range': ({ params }: Asked) => {
      const query = params.get('query')!;
      if (query.startsWith(')')) return json(fault, 400);
      if (query === 'native') {
        const histograms = [[1_763_431_200, histogram]];
        return { data: { resultType: 'matrix', result: [{ metric: {}, histograms }] } };
      }
      if (query === 'nan') {
        const values = [[1_763_431_200, 'NaN']];
        return { data: { resultType: 'matrix', result: [{ metric: {}, values }] } };
      }
      if (query === 'odd') {
        const values = [[1_763_431_200, '0.5']];
        return {
          data: { resultType: 'matrix', result: odd.map((metric) => ({ metric, values })) },
        };
      }
      const data = { resultType: 'matrix', result: query.includes('absent') ? [] : result };
      return query.startsWith('rate') ? { data, infos: [info] } : { data };
    },
    '/api/v1/query': ({ params }: Asked) => ({
      data: {
        resultType: 'vector',
        result:
          params.get('query') === 'odd'
            ? odd.map((metric) => ({ metric, value: [1, '0.5'] }))
            : [
                params.get('query') === 'native'
                  ? { metric: { job: 'node' }, histogram: [1, histogram] }
                  : {
                      metric: { job: params.get('query') === 'turned' ? 'a\u202eb' : 'node' },
                      value: [1, '0.5'],
                    },
              ],
      },
    }),
    '/api/v1/oriel/functions': [rate],
    '/api/v1/oriel/explain': ({ params }: Asked) => {
      const query = params.get('query')!;
      return query.startsWith(')') ? { query, problem: fault.error } : { query, ...explanation };
    },
  });
});
afterEach(() => {
  cleanup();
  server.leave();
});

function open(address: string) {
  window.history.replaceState(null, '', address);
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <BrowserRouter>
        <ExplorePage />
      </BrowserRouter>
    </QueryClientProvider>,
  );
}

const asked = () =>
  server.asked
    .filter(({ path }) => path.endsWith('query_range'))
    .map(({ params }) => params.get('query'));

/** The editor of a query, once it is loaded. */
const editorOf = async (letter: string) =>
  EditorView.findFromDOM(await screen.findByRole('textbox', { name: new RegExp(letter) }))!;

const write = (editor: EditorView, insert: string) =>
  act(() => editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert } }));

test.each([
  ['', 'up'],
  ['up', 'up == 1'],
])('after a run of what stood as "%s" the editor holds what was run: "%s"', async (before, now) => {
  open(`/explore${before ? `?${new URLSearchParams({ q: before })}` : ''}`);
  const editor = await editorOf('A');
  write(editor, now);

  fireEvent.keyDown(editor.contentDOM, { key: 'Enter', code: 'Enter', ctrlKey: true });
  await vi.waitFor(() => expect(new URLSearchParams(window.location.search).get('q')).toBe(now));
  await screen.findByRole('button', { name: 'Copy as curl' });
  expect(editor.state.doc.toString()).toBe(now);
});

test('going back shows the query that was asked before, not what was written since', async () => {
  open(`/explore?${new URLSearchParams({ q: 'up' })}`);
  const editor = await editorOf('A');
  write(editor, 'up == 1');
  fireEvent.click(screen.getByRole('button', { name: 'Run' }));
  await vi.waitFor(() => expect(asked()).toContain('up == 1'));
  write(editor, 'up == 2');

  act(() => window.history.back());

  await vi.waitFor(() => expect(editor.state.doc.toString()).toBe('up'));
});

test('without a query it says how to ask', () => {
  open('/explore');

  expect(screen.getByText('Ask for something')).not.toBeNull();
});

test('a metric from the list is asked by its type, and the address says so', async () => {
  open('/explore');

  fireEvent.click(await screen.findByRole('button', { name: /node_cpu_seconds_total/ }));

  await vi.waitFor(() => expect(asked()).toContain('rate(node_cpu_seconds_total[5m])'));
  expect(new URLSearchParams(window.location.search).get('q')).toBe(
    'rate(node_cpu_seconds_total[5m])',
  );
});

test('the search reads help texts too', async () => {
  open('/explore');
  await screen.findByRole('button', { name: /node_load1/ });

  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'by mode' } });

  await vi.waitFor(() => expect(screen.queryByRole('button', { name: /node_load1/ })).toBeNull());
  expect(screen.getByRole('button', { name: /node_cpu_seconds_total/ })).not.toBeNull();
});

test('an error names its column', async () => {
  open(`/explore?${new URLSearchParams({ q: ')x' })}`);

  expect((await screen.findByRole('alert')).textContent).toContain('At column 1: unexpected ")"');
});

test('a right query without data says that, and offers a longer range', async () => {
  open(`/explore?${new URLSearchParams({ q: 'absent_metric' })}`);

  expect(await screen.findByText('No data in this time range')).not.toBeNull();
  expect(screen.getByRole('button', { name: 'Show the last 24 hours' })).not.toBeNull();
});

test('a hidden query is not asked', async () => {
  open(
    `/explore?${new URLSearchParams([
      ['q', 'up'],
      ['q', 'node_load1'],
      ['hide', 'A'],
    ])}`,
  );

  await vi.waitFor(() => expect(asked()).toContain('node_load1'));
  expect(asked()).not.toContain('up');
});

test('the table shows exact values', async () => {
  open(`/explore?${new URLSearchParams({ q: 'node_load1', view: 'table' })}`);

  expect(await screen.findByRole('cell', { name: '0.5' })).not.toBeNull();
});

test('in the table labels may be called as what every object has', async () => {
  open(`/explore?${new URLSearchParams({ q: 'odd', view: 'table' })}`);

  expect(await screen.findByRole('cell', { name: 'odd <b>' })).not.toBeNull();
  expect(
    screen
      .getAllByRole('row')
      .map((row) => row.textContent)
      .slice(1),
  ).toEqual(['odd <b>later0.5', 'nodeown0.5']);
});

test('in the legend labels may be called as what every object has', async () => {
  open(`/explore?${new URLSearchParams({ q: 'odd' })}`);

  expect(await screen.findByTitle('odd <b>, later')).not.toBeNull();
  expect(screen.getByTitle('own, node')).not.toBeNull();
});

test('a label cannot turn the page around: characters that do so are written out', async () => {
  open(`/explore?${new URLSearchParams({ q: 'turned', view: 'table' })}`);

  expect(await screen.findByRole('cell', { name: 'a\\u202eb' })).not.toBeNull();
});

test('NaN is told as NaN: it was measured', async () => {
  open(`/explore?${new URLSearchParams({ q: 'nan' })}`);

  expect(await screen.findAllByRole('cell', { name: 'NaN' })).toHaveLength(4);
});

test('what was answered is remembered', async () => {
  open(`/explore?${new URLSearchParams({ q: 'node_load1' })}`);

  expect(await screen.findByText('You asked before')).not.toBeNull();
});

test('the query stands there in words, and the arrow keys tell what its functions are for', async () => {
  open(`/explore?${new URLSearchParams({ q: 'rate(node_load1[5m])' })}`);
  const words = await screen.findByRole('group', { name: /^Query A in words/ });

  expect(words.textContent).toContain('In words:the per-second growth of node_load1');
  fireEvent.keyDown(words, { key: 'ArrowRight' });
  expect(
    screen.getByText(/How much a counter grows per second\.$/, { selector: 'span' }),
  ).not.toBeNull();
  fireEvent.keyDown(words, { key: 'ArrowRight' });
  expect(screen.queryByText('rate(range vector) instant vector')).toBeNull();
});

test('an info stands beside the result with the part of the query that it is about', async () => {
  open(`/explore?${new URLSearchParams({ q: 'rate(node_load1[5m])' })}`);

  const notes = await screen.findByRole('list', { name: 'What the server says about the answer' });

  expect(notes.textContent).toContain('metric might not be a counter');
  expect(screen.getByRole('button', { name: 'node_load1 at 1:6' })).not.toBeNull();
});

test('a native histogram is told by count, sum and buckets in the table', async () => {
  open(`/explore?${new URLSearchParams({ q: 'native', view: 'table' })}`);

  const cell = await screen.findByRole('cell', { name: /count 7/ });

  expect(cell.textContent).toContain('12.5');
  expect(cell.textContent).toContain('2 buckets');
  expect(cell.textContent).toContain('(0.5, 1]3');
});

test('a graph of a native histogram is a heat map that says so, and offers a line', async () => {
  open(`/explore?${new URLSearchParams({ q: 'native' })}`);

  expect(await screen.findByText(/The native histogram over time/)).not.toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Its 95th percentile as a line' }));

  await vi.waitFor(() => expect(asked()).toContain('histogram_quantile(0.95, native)'));
});

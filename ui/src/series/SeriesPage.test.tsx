import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { BrowserRouter } from 'react-router';
import { oriel } from '../../dev/fixtures.mjs';
import type { Cardinality } from '../api/cardinality';
import { fakeServer, json } from '../api/fakeServer';
import { headline, queryOf } from './budget';
import SeriesPage from './SeriesPage';

const whole = () => oriel('cardinality', []) as Cardinality;
let leave = () => {};
afterEach(() => {
  cleanup();
  leave();
});

function open(answers: Record<string, object>) {
  window.history.replaceState(null, '', '/series');
  leave = fakeServer({ '/api/v1/oriel/about': oriel('about', [])!, ...answers }).leave;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const page = render(
    <QueryClientProvider client={client}>
      <BrowserRouter>
        <main>
          <SeriesPage />
        </main>
      </BrowserRouter>
    </QueryClientProvider>,
  );
  return { ...page, client };
}
const told = () => screen.findByRole('heading', { level: 1 });

test('the page opens with the job whose budget is used up, and the label that grew', async () => {
  open({ '/api/v1/oriel/cardinality': whole });

  expect((await told()).textContent).toBe(
    'agent-coder has used up its budget of 100 k series; new ones are refused',
  );
  expect(screen.getByRole('main').textContent).toContain(
    'Its label session_id grew by 96 k values',
  );
  const rows = within(screen.getByRole('table')).getAllByRole('link');
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'agent-coder',
    'litellm',
    'vllm',
    'node',
  ]);
});

test('a server that counts nothing by job tells what Prometheus tells', async () => {
  const rows = [{ name: 'up', value: 7 }];
  open({
    '/api/v1/status/tsdb': {
      data: {
        headStats: { numSeries: 900, numLabelPairs: 40 },
        seriesCountByMetricName: rows,
        labelValueCountByLabelName: rows,
        seriesCountByLabelValuePair: [{ name: 'job=node', value: 5 }],
      },
    },
  });

  expect((await told()).textContent).toBe('900 series are held');
  expect(screen.queryByRole('table')).toBeNull();
  expect(screen.getByRole('link', { name: /job=node/ })).toBeTruthy();
});

test('the filter narrows all lists and stands in the address', async () => {
  open({ '/api/v1/oriel/cardinality': whole });
  await told();

  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'litellm' } });

  expect(within(screen.getByRole('table')).getAllByRole('link')).toHaveLength(1);
  expect(window.location.search).toBe('?filter=litellm');
  expect(screen.getByText('Nothing here matches “litellm”')).toBeTruthy();
});

test('what was read stays when the next look fails, and says how old it is', async () => {
  let answer: object = whole();
  const { client } = open({ '/api/v1/oriel/cardinality': () => answer });
  await told();

  answer = json({ error: 'the disk is gone' }, 500);
  await act(() => client.refetchQueries({ queryKey: ['cardinality'] }));

  expect((await told()).textContent).toContain('agent-coder');
  expect((await screen.findAllByLabelText(/the disk is gone/)).length).toBeGreaterThan(0);
});

test('an error says so and offers to try again', async () => {
  open({ '/api/v1/oriel/cardinality': () => json({ error: 'no' }, 500) });

  expect(await screen.findByText('What fills the store could not be read')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('calm, near and empty are sentences too', () => {
  const job = { ...whole().jobs![0]!, growing: null, refused: 0 };

  expect(headline({ ...whole(), jobs: [job] }).state).toBe('ok');
  expect(headline({ ...whole(), jobs: [{ ...job, series: 10_000 }] })).toMatchObject({
    state: 'warn',
    title: 'node holds 10 k series, more than 10 k',
  });
  expect(headline({ ...whole(), series: 0 }).title).toBe('No series are held yet');
});

test('each row is a question that PromQL understands', () => {
  expect(queryOf('metrics', 'a"b')).toBe('count({__name__="a\\"b"})');
  expect(queryOf('labels', 'größe')).toBe('topk(10, count by ("größe") ({"größe"!=""}))');
  expect(queryOf('pairs', 'job=a=b')).toBe('topk(10, count by (__name__) ({job="a=b"}))');
});

test('axe finds nothing', async () => {
  const { container } = open({ '/api/v1/oriel/cardinality': whole });
  await told();

  const { violations } = await axe.run(container);

  expect(violations.map(({ id }) => id)).toEqual([]);
});

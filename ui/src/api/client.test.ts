// @vitest-environment jsdom
import { address, ApiError, basePath, getJson } from './client';
import { fakeServer, json } from './fakeServer';
import { fetchInstant, fetchRange } from './prometheus';

let leave = () => {};
function serve(answers: Parameters<typeof fakeServer>[0]) {
  const server = fakeServer(answers);
  leave = server.leave;
  return server;
}

afterEach(() => {
  leave();
  document.querySelector('base')?.remove();
});

function standAt(path: string) {
  const base = document.createElement('base');
  base.href = path;
  document.head.append(base);
}

test('every address lies below the base of the document', () => {
  standAt('/oriel/');

  expect(basePath()).toBe('/oriel/');
  expect(new URL(address('api/v1/query', { query: 'a b' })).pathname).toBe('/oriel/api/v1/query');
});

test('what the server says about a wrong query is told word for word', async () => {
  const words = { status: 'error', errorType: 'bad_data', error: '1:4: parse error: no' };
  serve({ '/api/v1/query': () => json(words, 400) });

  const error = await getJson('api/v1/query', {}).catch((cause: unknown) => cause);

  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ message: '1:4: parse error: no', kind: 'bad_data', status: 400 });
});

test('a query too long for an address goes by form', async () => {
  const server = serve({ '/api/v1/query_range': { data: { resultType: 'matrix', result: [] } } });
  const expr = `up{job=~"${'x'.repeat(3000)}"}`;

  await fetchRange({ expr, startMs: 0, endMs: 60_000, stepMs: 15_000 });

  expect(server.asked[0]!.method).toBe('POST');
  expect(server.asked[0]!.params.get('query')).toBe(expr);
  expect(server.asked[0]!.params.get('step')).toBe('15');
});

test('no answer at all is told as such', async () => {
  globalThis.fetch = () => Promise.reject(new TypeError('connection refused'));

  await expect(getJson('api/v1/query', {})).rejects.toMatchObject({ kind: 'network', status: 0 });
});

test('a page in place of data names the proxy that may have sent it', async () => {
  serve({
    '/api/v1/query': () => {
      const page = new Response('<html>');
      Object.defineProperty(page, 'url', { value: 'http://localhost/api/v1/query' });
      return page;
    },
  });

  await expect(getJson('api/v1/query', {})).rejects.toThrow('proxy');
});

test('NaN and infinities survive the way through JSON', async () => {
  const value = (text: string) => ({ metric: {}, value: [1, text] });
  const result = ['NaN', '+Inf', '-Inf', '0.5'].map(value);
  serve({ '/api/v1/query': { data: { resultType: 'vector', result }, warnings: ['partial'] } });

  const answer = await fetchInstant('x', 1_000);

  expect(answer.data.map((sample) => sample.value)).toEqual([NaN, Infinity, -Infinity, 0.5]);
  expect(answer.warnings).toEqual(['partial']);
});

test('a scalar is one sample without labels', async () => {
  serve({ '/api/v1/query': { data: { resultType: 'scalar', result: [1, '42'] } } });

  expect((await fetchInstant('42', 1_000)).data).toEqual([{ labels: {}, timeMs: 1000, value: 42 }]);
});

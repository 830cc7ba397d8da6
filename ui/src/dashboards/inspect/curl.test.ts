import { curlOf } from './curl';

const BASE = 'http://127.0.0.1:23000/oriel/';

describe('a question as a line for the shell', () => {
  test('names range and step in seconds', () => {
    const range = { expr: 'up', startMs: 1_000, endMs: 2_500, stepMs: 500 };

    expect(curlOf({ expr: 'up', range }, BASE)).toBe(
      "curl -sS 'http://127.0.0.1:23000/oriel/api/v1/query_range' --data-urlencode 'query=up'" +
        " --data-urlencode 'start=1' --data-urlencode 'end=2.5' --data-urlencode 'step=0.5'",
    );
  });

  test('lets nothing of the query reach the shell', () => {
    expect(curlOf({ expr: `up{a="'; rm -rf ~ #"}`, atMs: 3_000 }, BASE)).toContain(
      `--data-urlencode 'query=up{a="'\\''; rm -rf ~ #"}' --data-urlencode 'time=3'`,
    );
  });
});

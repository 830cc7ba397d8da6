import type { RangeSeries } from '../../api/prometheus';
import type { AnnotationQuery } from '../model';
import { isOnPanel, marksOf, notAsked } from './boardMarks';
import { CHANGES } from './changes';
import { zoneOf } from './marksContext';

const STEP = 15_000;
const span = { fromMs: 0, toMs: 600_000 };
const kind = (id: string) => CHANGES.find((one) => one.id === id)!;
const series = (
  labels: Record<string, string>,
  times: number[],
  values?: number[],
): RangeSeries => ({
  labels,
  times,
  values: values ?? times.map(() => 1),
});
const steps = (from: number, to: number) =>
  Array.from({ length: (to - from) / STEP + 1 }, (_, i) => from + i * STEP);
const told = (id: string, answer: RangeSeries[]) => kind(id).read(answer, span, STEP);

describe('changes', () => {
  test('a container that started within the window is one mark at its start, however often it is told', () => {
    const labels = { __name__: 'container_start_time_seconds', name: 'vllm-qwen' };
    const marks = told('restart', [series(labels, [300_000, 315_000], [290.4, 290.4])]);

    expect(marks).toMatchObject([{ fromMs: 290_400, title: 'vllm-qwen started', kind: 'change' }]);
  });

  test('two starts of one container are two marks; one before the window is none', () => {
    const labels = { __name__: 'container_start_time_seconds', name: 'a' };
    const marks = told('restart', [series(labels, [0, 100_000, 200_000], [-50, 90, 190])]);

    expect(marks.map(({ fromMs }) => fromMs)).toEqual([90_000, 190_000]);
  });

  test('a boot time that wanders with the clock is one boot', () => {
    const labels = { __name__: 'node_boot_time_seconds', instance: 'atlas-01', job: 'node' };
    const marks = told('restart', [series(labels, [300_000, 315_000], [290.1, 290.2])]);

    expect(marks).toMatchObject([{ title: 'machine atlas-01 started' }]);
  });

  test('a label that is another one tells from what to what', () => {
    const marks = told('model', [
      series({ model: 'qwen', root: 'Qwen/Q3', version: '0.9.1' }, steps(0, 300_000)),
      series({ model: 'qwen', root: 'Qwen/Q3', version: '0.10.0' }, steps(315_000, 600_000)),
    ]);

    expect(marks).toMatchObject([
      { fromMs: 315_000, title: 'qwen: other model or version', text: 'version 0.9.1 to 0.10.0' },
    ]);
  });

  test('a model that is there from the first is no change', () => {
    expect(told('model', [series({ model: 'qwen', version: '1' }, steps(0, 600_000))])).toEqual([]);
  });

  test('an alias that moves is told with both ends', () => {
    const marks = told('gateway', [
      series({ model: 'chat', upstream: 'openai/a', endpoint: 'http://a' }, steps(0, 150_000)),
      series(
        { model: 'chat', upstream: 'openai/b', endpoint: 'http://a' },
        steps(150_000, 600_000),
      ),
    ]);

    expect(marks).toMatchObject([{ text: 'upstream openai/a to openai/b' }]);
  });

  test('what did not answer for a while lasts; what is down since before the window is not told', () => {
    const marks = told('collection', [
      series({ job: 'vllm', instance: 'a:8000' }, steps(300_000, 345_000)),
      series({ job: 'old', instance: 'b' }, steps(0, 600_000)),
    ]);

    expect(marks).toMatchObject([
      {
        fromMs: 300_000,
        toMs: 345_000,
        kind: 'collection',
        title: 'vllm on a:8000 did not answer',
      },
    ]);
  });

  test('questions look back as far as the window and no further', () => {
    expect(kind('restart').expr(span)).toContain('> 0');
    expect(kind('image').expr(span)).toContain('[600s] @ end()');
  });
});

describe('annotations of a board', () => {
  const query: AnnotationQuery = {
    name: 'Deploys',
    source: { kind: 'prometheus', name: 'Prometheus' },
    enabled: true,
    hidden: false,
    colour: 'orange',
    builtIn: false,
    expr: 'x',
    titleFormat: '{{app}}',
    textFormat: 'to {{ version }}',
    tagKeys: ['env', 'gone'],
    useValueForTime: false,
  };
  const labels = { app: 'chat', version: '2', env: 'prod' };

  test('a stretch of values is one mark with the words of the board', () => {
    const answer = [series(labels, [15_000, 30_000, 90_000, 105_000], [1, 1, 1, 0])];

    expect(marksOf(query, answer, STEP)).toEqual([
      {
        fromMs: 15_000,
        toMs: 30_000,
        title: 'chat',
        text: 'to 2',
        tags: ['prod'],
        colour: 'var(--c2)',
        kind: 'board',
      },
      expect.objectContaining({ fromMs: 90_000, toMs: undefined }),
    ]);
  });

  test('without a format the name of the query stands', () => {
    expect(marksOf({ ...query, titleFormat: '' }, [series({}, [0])], STEP)[0]!.title).toBe(
      'Deploys',
    );
  });

  test('the value may be the moment', () => {
    const answer = [series(labels, [15_000, 30_000], [12_345, 12_345])];

    expect(marksOf({ ...query, useValueForTime: true }, answer, STEP)).toMatchObject([
      { fromMs: 12_345 },
    ]);
  });

  test('the built-in one is passed over, other sources are named', () => {
    expect(
      notAsked({ ...query, builtIn: true, source: { kind: 'other', name: 'Grafana' } }),
    ).toBeNull();
    expect(notAsked({ ...query, source: { kind: 'loki', name: 'Loki' } })).toBe('Deploys');
    expect(notAsked(query)).toBeNull();
  });

  test.each([
    [undefined, true],
    [{ ids: [7], exclude: false }, true],
    [{ ids: [8], exclude: false }, false],
    [{ ids: [7], exclude: true }, false],
    [{ ids: [], exclude: true }, true],
  ])('panels %j', (panels, wanted) => {
    expect(isOnPanel({ ...query, panels }, 7)).toBe(wanted);
  });

  test.each([
    ['utc', 'utc'],
    ['UTC', 'utc'],
    ['browser', 'browser'],
    ['', 'browser'],
    ['Europe/Berlin', 'browser'],
  ])('the clock of "%s" is %s', (timezone, wanted) => {
    expect(zoneOf(timezone)).toBe(wanted);
  });
});

import {
  fillAs,
  fillQuery,
  fillText,
  pageValues,
  single,
  timeValues,
  type Values,
} from './interpolate';
import { readDashboard, type Option } from './model';
import { optionsOf, type VariableSource } from './options';
import { argumentsOf, selectorsIn, withMatchers } from './promql';
import { filtersOf, filterText, resolveVariables, valuesOf, type Resolved } from './variables';

const variablesOf = (list: object[], more: object = {}) =>
  readDashboard({ panels: [], templating: { list }, ...more }).variables;

/** A store that knows a little and writes down what it is asked. */
function storeOf(answers: Readonly<Record<string, string[]>> = {}) {
  const asked: string[] = [];
  const say = (question: string) => {
    asked.push(question);
    return Promise.resolve(answers[question] ?? []);
  };
  const source: VariableSource = {
    labelNames: (match) => say(`names ${match ?? ''}`.trim()),
    labelValues: (label, match) => say(`${label} of ${match ?? 'all'}`),
    metricNames: () => say('metrics'),
    series: (match) => say(`series ${match}`),
    queryResult: (expr) => say(`query ${expr}`),
  };
  return { asked, source };
}
const hour = timeValues({ fromMs: 0, toMs: 3_600_000 }, 15_000);
const resolve = (
  list: object[],
  answers: Readonly<Record<string, string[]>> = {},
  address: Record<string, string[]> = {},
): Promise<Resolved[]> =>
  resolveVariables(variablesOf(list), address, storeOf(answers).source, hour);

describe('the formats', () => {
  const values: Values = {
    one: single("it's a.b"),
    two: { values: ['a.b', 'c"d'], texts: ['A', 'C'], multi: true, list: true },
    lone: { values: ['a.b'], texts: ['A'], multi: true, list: true },
    all: { values: ['x', 'y'], texts: ['All'], multi: true, list: true, all: true },
    cut: { values: ['x'], texts: ['All'], multi: true, all: true, allValue: '$one-.*' },
    __from: single('1700000000123'),
    __dashboard: pageValues({ uid: 'gpu', title: 'GPU' })['__dashboard']!,
  };

  test.each([
    ['${two:csv}', 'a.b,c"d'],
    ['${two:raw}', 'a.b,c"d'],
    ['${two:pipe}', 'a.b|c"d'],
    ['${two:join: and }', 'a.b and c"d'],
    ['${two:distributed}', 'a.b,two=c"d'],
    ['${two:doublequote}', '"a.b","c\\"d"'],
    ['${one:singlequote}', "'it\\'s a.b'"],
    ['${one:sqlstring}', "'it''s a.b'"],
    ['${two:glob}', '{a.b,c"d}'],
    ['${lone:glob}', 'a.b'],
    ['${two:json}', '["a.b","c\\"d"]'],
    ['${lone:json}', '["a.b"]'],
    ['${one:json}', "it's a.b"],
    ['${two:lucene}', '("a.b" OR "c\\"d")'],
    ['${one:lucene}', "it's\\ a.b"],
    ['${one:percentencode}', 'it%27s%20a.b'],
    ['${two:percentencode}', '%7Ba.b%2Cc%22d%7D'],
    ['${two:regex}', '(a\\.b|c"d)'],
    ['${lone:regex}', 'a\\.b'],
    ['${two:text}', 'A + C'],
    ['${two:queryparam}', 'var-two=a.b&var-two=c%22d'],
    ['${all:queryparam}', 'var-all=%24__all'],
    ['${two:customqueryparam:v:p-}', 'v=p-a.b&v=p-c%22d'],
    ['${two.text}', 'A + C'],
    ['[[two:pipe]]', 'a.b|c"d'],
    ['${__from:date}', '2023-11-14T22:13:20.123Z'],
    ['${__from:date:iso}', '2023-11-14T22:13:20.123Z'],
    ['${__from:date:seconds}', '1700000000'],
    ['${__from:date:[year] YYYY}', 'year 2023'],
    ['${__dashboard.uid}', 'gpu'],
    ['${__dashboard}', 'GPU'],
    ['$timeFilter ${nothing:csv}', '$timeFilter ${nothing:csv}'],
  ])('%s is %s', (template, expected) => {
    expect(fillAs(template, values, 'raw')).toBe(expected);
  });

  test.each([
    ['x{a="$one"}', `x{a="it's a.b"}`],
    ["x{a='$one'}", "x{a='it\\'s a.b'}"],
    ['x{a=~"$two"}', 'x{a=~"(a\\\\.b|c\\"d)"}'],
    ['x{a=~`$two`}', 'x{a=~`(a\\.b|c"d)`}'],
    ['x{a=~"$lone.*"}', 'x{a=~"a\\\\.b.*"}'],
    ['x{a=~"$cut"}', `x{a=~"it's a.b-.*"}`],
    ['{"${lone}_total"}', '{"a\\\\.b_total"}'],
  ])('in PromQL %s is %s', (template, expected) => {
    expect(fillQuery(template, values)).toBe(expected);
  });

  test('an all value that names itself ends', () => {
    const loop: Values = { a: { values: [], texts: [], multi: true, all: true, allValue: '$a.' } };

    expect(fillText('$a', loop)).toContain('$a.');
  });
});

describe('what a variable offers', () => {
  const offered = async (more: object, answers: Readonly<Record<string, string[]>> = {}) => {
    const [variable] = variablesOf([{ name: 'v', type: 'query', ...more }]);
    return optionsOf(variable!, hour, storeOf(answers).source);
  };
  const valuesIn = (options: readonly Option[]) => options.map(({ value }) => value);
  const of = (...found: string[]) => ({ 'l of all': found });
  const query = 'label_values(l)';

  test.each([
    ['label_values(up{a="x,y)"}, job)', 'job of up{a="x,y)"}'],
    ['label_values(up{a=~"(b|c)"} , job )', 'job of up{a=~"(b|c)"}'],
    ['label_values({"k8s.pod"}, "k8s.name")', 'k8s.name of {"k8s.pod"}'],
    ['label_values(job)', 'job of all'],
    ['label_names()', 'names'],
    ['label_names(up)', 'names up'],
    ['query_result(topk(3, up))', 'query topk(3, up)'],
    ['up{job="a"}', 'series up{job="a"}'],
  ])('%s asks for %s', async (text, expected) => {
    const { asked, source } = storeOf();

    await optionsOf(variablesOf([{ name: 'v', type: 'query', query: text }])[0]!, hour, source);

    expect(asked).toEqual([expected]);
  });

  test('an empty query asks nothing', async () => {
    expect(await offered({ query: '' })).toEqual([]);
  });

  test.each([
    ['bare, it must fit the whole', 'a.', ['ab', 'cab'], ['ab']],
    ['without a group the whole text stays', '/^a/', ['ab', 'cab'], ['ab']],
    ['its first group is taken', '/x="([^"]+)"/', ['m{x="1"}', 'm{x="2"}', 'm{x="1"}'], ['1', '2']],
    ['with g each find counts', '/(\\d)/g', ['1 2', '3'], ['1', '2', '3']],
    ['a wrong one cuts nothing', '/(/', ['a'], ['a']],
  ])('of a regex: %s', async (_, regex, found, expected) => {
    expect(valuesIn(await offered({ query, regex }, of(...found)))).toEqual(expected);
  });

  test('text and value are cut apart by their names, also over several finds', async () => {
    const regex = '/name="(?<text>[^"]+)|uuid="(?<value>[^"]+)/g';

    expect(await offered({ query, regex }, of('m{name="A",uuid="1"}'))).toEqual([
      { text: 'A', value: '1' },
    ]);
  });

  test.each([
    [0, ['b10', 'B1', 'a2']],
    [1, ['B1', 'a2', 'b10']],
    [2, ['b10', 'a2', 'B1']],
    [3, ['B1', 'a2', 'b10']],
    [4, ['b10', 'a2', 'B1']],
    [5, ['a2', 'B1', 'b10']],
    [7, ['a2', 'B1', 'b10']],
    ['alphabeticalDesc', ['b10', 'a2', 'B1']],
  ])('sorted by %s', async (sort, expected) => {
    expect(valuesIn(await offered({ query, sort }, of('b10', 'B1', 'a2')))).toEqual(expected);
  });

  test('a custom list is cut at commas, not at line ends', async () => {
    const list = async (text: string) =>
      valuesIn(await offered({ type: 'custom', query: text })).join('|');

    expect(await list('a, Long name : b , c\\,d')).toBe('a|b|c,d');
    expect(await list('a\nb')).toBe('a\nb');
    expect(await list('[{"text":"A","value":"1"}]')).toBe('1');
  });

  test('a source that is not here offers what the board was saved with', async () => {
    const loki = { datasource: { type: 'loki', uid: 'x' }, query: { label: 'app', type: 1 } };
    const options = [
      { text: 'All', value: '$__all' },
      { text: 'a', value: 'a' },
    ];

    expect(valuesIn(await offered({ ...loki, options }))).toEqual(['a']);
  });
});

describe('what is chosen', () => {
  const host = { name: 'host', type: 'query', query: 'label_values(host)' };
  const hosts = { 'host of all': ['a', 'b'] };

  test.each([
    ['one that is gone gives way to the first', { current: { value: 'z' } }, {}, ['a']],
    ['or to all', { current: { value: 'z' }, includeAll: true }, {}, ['$__all']],
    [
      'of several those stay that exist',
      { current: { value: ['z', 'b'] }, multi: true },
      {},
      ['b'],
    ],
    [
      'all in a list',
      { current: { value: ['$__all'] }, includeAll: true, multi: true },
      {},
      ['$__all'],
    ],
    ['the address may name one that is not offered', {}, { host: ['z'] }, ['z']],
    ['none, said by the address', { multi: true }, { host: [''] }, []],
    ['one of several in the address, where one is the most', {}, { host: ['b', 'a'] }, ['b']],
  ])('%s', async (_, more, address, expected) => {
    const [one] = await resolve([{ ...host, ...more }], hosts, address);

    expect(one!.chosen).toEqual(expected);
  });

  test('the address may say the word that is shown', async () => {
    const list = [{ name: 'v', type: 'custom', query: 'Last day : 1d, 2d' }];

    expect((await resolve(list, {}, { v: ['Last day'] }))[0]!.chosen).toEqual(['1d']);
  });

  test('an interval chosen as auto fits the range', async () => {
    const interval = {
      name: 'step',
      type: 'interval',
      query: '1m,10m',
      auto: true,
      auto_count: 30,
    };
    const resolved = await resolve([{ ...interval, current: { value: '$__auto_interval_step' } }]);

    expect(resolved[0]!.options.map(({ value }) => value)).toEqual([
      '$__auto_interval_step',
      '1m',
      '10m',
    ]);
    expect(fillQuery('rate(x[$step])', valuesOf(resolved))).toBe('rate(x[2m])');
  });

  test('variables that name each other in a circle are all resolved', async () => {
    const resolved = await resolve([
      { ...host, query: 'label_values(up{job="$job"}, host)' },
      { ...host, name: 'job', query: 'label_values(up{host="$host"}, job)' },
    ]);

    expect(resolved.map(({ variable }) => variable.name)).toEqual(['host', 'job']);
  });

  test('one that cannot be asked keeps its trouble to itself', async () => {
    const { source } = storeOf(hosts);
    const broken = { ...source, series: () => Promise.reject(new Error('parse error')) };
    const list = variablesOf([host, { ...host, name: 'bad', query: 'up{' }]);

    const resolved = await resolveVariables(list, {}, broken, hour, () => true);

    expect(resolved.map(({ problem }) => problem?.message)).toEqual([undefined, 'parse error']);
  });

  test('a switch and a constant have their value', async () => {
    const resolved = await resolve([
      {
        name: 'all',
        type: 'switch',
        current: { value: '.+' },
        options: [
          { text: '.*', value: '.*' },
          { text: '.+', value: '.+' },
        ],
      },
      { name: 'net', type: 'constant', query: '10\\..*' },
    ]);

    expect(fillQuery('x{a=~"$all", b=~"$net"}', valuesOf(resolved))).toBe(
      'x{a=~".+", b=~"10\\\\..*"}',
    );
  });

  test('conditions come from the board, and from the address in their place', async () => {
    const list = [
      { name: 'Filters', type: 'adhoc', filters: [{ key: 'job', operator: '=', value: 'a|b' }] },
    ];
    const texts = async (address: Record<string, string[]>) =>
      filtersOf(await resolve(list, {}, address)).map(filterText);

    expect(await texts({})).toEqual(['job|=|a__gfp__b']);
    expect(await texts({ Filters: ['host|=~|x.*'] })).toEqual(['host|=~|x.*']);
    expect(await texts({ Filters: [''] })).toEqual([]);
  });
});

describe('conditions in queries', () => {
  const job = [{ label: 'job', operator: '=', value: 'a"b' }];

  test.each([
    ['up', 'up{job="a\\"b"}'],
    ['up{}', 'up{job="a\\"b"}'],
    ['up{x="1",}', 'up{x="1",job="a\\"b"}'],
    [
      'sum by (job) (rate(up{x="}"}[5m] offset 1h))',
      'sum by (job) (rate(up{x="}", job="a\\"b"}[5m] offset 1h))',
    ],
    ['a / on (x) group_left (y) b', 'a{job="a\\"b"} / on (x) group_left (y) b{job="a\\"b"}'],
    ['sum(a) without (x) > bool 1', 'sum(a{job="a\\"b"}) without (x) > bool 1'],
    ['{__name__=~"a|b"}', '{__name__=~"a|b", job="a\\"b"}'],
    ['{"k8s.cpu"}', '{"k8s.cpu", job="a\\"b"}'],
    ['time() - 1e3 + Inf # up', 'time() - 1e3 + Inf # up'],
    ['max_over_time(up[1h:5m] @ end())', 'max_over_time(up{job="a\\"b"}[1h:5m] @ end())'],
    ['absent(x) or absent{}', 'absent(x{job="a\\"b"}) or absent{job="a\\"b"}'],
  ])('%s', (expr, expected) => {
    expect(withMatchers(expr, job)).toBe(expected);
  });

  test('selectors are found with what they match by', () => {
    expect(selectorsIn('rate(x{a="1", "b.c"!~"2"}[5m]) / {"y.z"}')).toMatchObject([
      {
        name: 'x',
        matchers: [
          { label: 'a', operator: '=', value: '1' },
          { label: 'b.c', operator: '!~', value: '2' },
        ],
      },
      { name: 'y.z', matchers: [] },
    ]);
  });

  test('no text at all brings the scanner out of step', () => {
    const random = (seed: number) => (n: number) => (seed = (seed * 48271) % 2147483647) % n;
    const parts = [
      'up',
      '{',
      '}',
      '"',
      "'",
      '`',
      '(',
      ')',
      '[',
      ']',
      ',',
      '=',
      '=~',
      ' by ',
      '\\',
      '#',
      '\n',
      '$x',
    ];
    for (let seed = 1; seed < 2_000; seed++) {
      const next = random(seed);
      const expr = Array.from({ length: 12 }, () => parts[next(parts.length)]).join('');

      const added = withMatchers(expr, [{ label: 'l', operator: '=', value: 'v' }]);

      // nothing of the text is lost or moved: without what was added, it is as it was
      const rest = added.replace(/\{l="v"\}|(?:, )?l="v"/g, '');
      expect(rest.replace(/[{}]/g, ''), `seed ${seed}: ${expr}`).toBe(expr.replace(/[{}]/g, ''));
    }
  });

  test('arguments part at their commas', () => {
    expect(argumentsOf('up{a="x,y"}, f(b, c), d')).toEqual(['up{a="x,y"}', 'f(b, c)', 'd']);
  });
});

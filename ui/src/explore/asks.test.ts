import { readAsks, writeAsks } from './asks';

test('what is asked survives the way through the address', () => {
  const asked = {
    asks: [
      { letter: 'A', expr: 'rate(x{a="b"}[5m])', hidden: false },
      { letter: 'B', expr: 'up', hidden: true },
    ],
    view: 'table' as const,
  };

  const address = writeAsks(new URLSearchParams('from=now-1h&to=now&q=old'), asked);

  expect(readAsks(new URLSearchParams(address.toString()))).toEqual(asked);
  expect(address.get('from')).toBe('now-1h');
});

test('without a query there is one empty line to write in', () => {
  expect(readAsks(new URLSearchParams())).toEqual({
    asks: [{ letter: 'A', expr: '', hidden: false }],
    view: 'graph',
  });
});

test('an address with too many queries is cut, not followed', () => {
  const address = new URLSearchParams(Array.from({ length: 50 }, () => ['q', 'up']));

  expect(readAsks(address).asks).toHaveLength(6);
});

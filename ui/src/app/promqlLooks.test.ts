import { looksLikePromql } from './promqlLooks';

test.each(['rate(x[5m])', 'up{job="node"}', 'a / b', 'up == 0', '{__name__=~"node.*"}'])(
  '%s is a query',
  (text) => expect(looksLikePromql(text)).toBe(true),
);

test.each(['targets', 'node_load1', 'dark theme', 'Server health', 'x'])('%s is a name', (text) =>
  expect(looksLikePromql(text)).toBe(false),
);

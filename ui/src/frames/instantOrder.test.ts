import { instantFrames } from './fromPrometheus';

const sample = (gpu: string, value: number) => ({ labels: { gpu }, timeMs: 0, value });
const names = (expr: string) =>
  instantFrames([sample('10', 1), sample('2', 9), sample('0', 5)], {
    refId: 'A',
    expr,
    legend: '{{gpu}}',
  }).map(({ fields }) => fields[1]!.name);

test('an instant answer stands in natural order, since it comes in any', () => {
  expect(names('power')).toEqual(['0', '2', '10']);
});

test('a question that says its order keeps it', () => {
  expect(names('topk(3, power)')).toEqual(['10', '2', '0']);
  expect(names('sort_desc(power)')).toEqual(['10', '2', '0']);
});

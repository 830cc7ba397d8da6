// @vitest-environment node
/** Real boards, where they are at hand: each is read whole, nothing overlaps, every name in a query is known. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kindOf, UNKNOWN } from '../panels';
import { fillQuery, namesIn, pageValues, single, timeValues, type Values } from './interpolate';
import { layout, type Box } from './layout';
import { readDashboard, type Dashboard, type Panel } from './model';
import { selectorsIn } from './promql';

const FOLDER = resolve(__dirname, '../../../../shared/conformance/dashboards');
const there = existsSync(FOLDER);
if (!there) console.log(`skipped: ${FOLDER} is missing, so no real boards are read`);

const files = there
  ? readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.json'))
      .sort()
  : [];
const read = (file: string): Dashboard =>
  readDashboard(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
const panelsOf = (board: Dashboard): Panel[] =>
  board.panels.flatMap((panel) => [panel, ...panel.panels]);

/** Panel kinds that Grafana has or had, whatever of them this build draws; one other is a plug-in's. */
const KINDS = new Set(
  `alertlist annolist barchart bargauge canvas dashlist gauge geomap heatmap histogram library logs news
  nodeGraph piechart stat state-timeline status-history table text timeseries traces
  marcusolsson-treemap-panel`.split(/\s+/),
);

describe.skipIf(!there)('real boards', () => {
  test('there are boards to read', () => expect(files.length).toBeGreaterThan(80));

  test.each(files)('%s', (file) => {
    const board = read(file);

    const panels = panelsOf(board);
    expect(board.title).not.toBe('');
    expect(new Set(panels.map(({ id }) => id)).size, 'every panel has its own id').toBe(
      panels.length,
    );
    for (const panel of panels) {
      const known = panel.type === 'row' || kindOf(panel.type) !== UNKNOWN;
      if (!known) expect(KINDS, `“${panel.title}”`).toContain(panel.type);
    }
    for (const folded of [true, false])
      expectApart(layout(board.panels, values(board), () => folded));
    expect(unknownNames(board)).toEqual([]);
  });
});

/** Every variable stands for two values, so that repeats happen. */
const values = (board: Dashboard): Values => ({
  ...pageValues(board),
  ...timeValues({ fromMs: 0, toMs: 3_600_000 }, 15_000),
  ...Object.fromEntries(
    board.variables.map(({ name, multi, includeAll, type }) => [
      name,
      type === 'interval'
        ? single('5m')
        : multi || includeAll
          ? { values: ['a', 'b.c'], texts: ['a', 'b.c'], multi: true, list: true }
          : single('a'),
    ]),
  ),
});

/** None lies on another or reaches over the edge, and each has a key of its own. */
function expectApart(boxes: readonly Box[]) {
  const taken = new Map<number, string>();
  const wrong: string[] = [];
  for (const { key, pos } of boxes) {
    if (pos.x + pos.w > 24) wrong.push(`${key} reaches over the edge`);
    for (let x = pos.x; x < pos.x + pos.w; x++)
      for (let y = pos.y; y < pos.y + pos.h; y++) {
        if (taken.has(y * 24 + x)) wrong.push(`${key} lies on ${taken.get(y * 24 + x)}`);
        taken.set(y * 24 + x, key);
      }
  }
  expect(wrong).toEqual([]);
  expect(new Set(boxes.map(({ key }) => key)).size).toBe(boxes.length);
}

/** Names that no variable of the board has, by the reason why that is so. */
const EXCEPTIONS: readonly (readonly [name: RegExp, reason: string])[] = [
  [/^\d+$/, 'a group of the expression in label_replace'],
];

function unknownNames(board: Dashboard): string[] {
  const known = values(board);
  const targets = panelsOf(board).flatMap((panel) => panel.targets);
  const exprs = targets.filter(({ kind }) => kind === 'prometheus').map(({ expr }) => expr);
  return [
    ...new Set(
      exprs
        .flatMap((expr) => {
          const filled = fillQuery(expr, known);
          selectorsIn(filled);
          return namesIn(filled);
        })
        .filter((name) => !EXCEPTIONS.some(([exception]) => exception.test(name))),
    ),
  ];
}

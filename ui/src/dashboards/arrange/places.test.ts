import { readDashboard } from '../model';
import { arranged, canArrange, jsonWith, within } from './places';

const FILE = {
  title: 'Box',
  extra: { kept: true },
  panels: [
    { id: 1, type: 'timeseries', title: 'a', gridPos: { x: 0, y: 0, w: 12, h: 8 } },
    { id: 2, type: 'timeseries', title: 'b', gridPos: { x: 12, y: 0, w: 12, h: 8 } },
    { id: 3, type: 'row', title: 'more', collapsed: false, gridPos: { x: 0, y: 8, w: 24, h: 1 } },
    { id: 4, type: 'stat', title: 'c', gridPos: { x: 0, y: 9, w: 4, h: 3 } },
    { id: 5, type: 'stat', title: 'd', gridPos: { x: 4, y: 9, w: 4, h: 3 } },
  ],
};
const board = readDashboard(FILE);

describe('arranging', () => {
  test('a panel that is moved pushes no other one off the grid, and all fall upwards', () => {
    const { panels } = arranged(board, {}, new Map([[1, { x: 12, y: 4, w: 12, h: 8 }]]));
    const at = Object.fromEntries(panels.map(({ panel, pos }) => [panel.title, pos]));

    expect(at['a']).toEqual({ x: 12, y: 8, w: 12, h: 8 });
    expect(at['b']).toEqual({ x: 12, y: 0, w: 12, h: 8 });
    expect(at['c']!.y).toBe(17);
    expect(at['d']).toEqual({ x: 4, y: 17, w: 4, h: 3 });
  });

  test('the JSON has the new places and all else as it was', () => {
    const { panels, rows } = arranged(board, {}, new Map([[2, { x: 12, y: 0, w: 6, h: 8 }]]));
    const json = JSON.parse(jsonWith(board, panels, rows)) as typeof FILE;

    expect(json.extra).toEqual({ kept: true });
    expect(json.panels[1]).toEqual({ ...FILE.panels[1], gridPos: { x: 12, y: 0, w: 6, h: 8 } });
    expect(json.panels[0]).toEqual(FILE.panels[0]);
  });

  test('places stay on the grid', () => {
    expect(within({ x: 30, y: -2, w: 40, h: 0 })).toEqual({ x: 0, y: 0, w: 24, h: 2 });
    expect(within({ x: 20, y: 1, w: 8, h: 4 })).toEqual({ x: 16, y: 1, w: 8, h: 4 });
  });

  test('a board of old rows has no places to change', () => {
    expect(canArrange(board)).toBe(true);
    const old = readDashboard({ rows: [{ panels: [{ id: 1, type: 'graph', span: 6 }] }] });
    expect(canArrange(old)).toBe(false);
  });
});

import { readDashboard } from './model';
import { inspectedOf, panelKey, withInspect, withView } from './panelAddress';

const [panel] = readDashboard({ panels: [{ id: 3, type: 'stat' }] }).panels;
const first = panel!;
const copy = { ...first, scoped: { host: 'b' } };

describe('the address of a panel', () => {
  test('opens a panel by its id, a copy of a repeated one by its value too', () => {
    const open = withInspect(new URLSearchParams('from=now-1h'), copy, 'query');

    expect(open.toString()).toBe('from=now-1h&inspect=3%3Ab&inspectTab=query');
    expect(inspectedOf(open, copy)).toBe('query');
    expect(inspectedOf(open, first)).toBeNull();
    expect(panelKey(first)).toBe('3');
  });

  test('shows the data where a link names no part, or one that is not there', () => {
    expect(inspectedOf(new URLSearchParams('inspect=3'), first)).toBe('data');
    expect(inspectedOf(new URLSearchParams('inspect=3&inspectTab=x'), first)).toBe('data');
  });

  test('closing leaves the rest of the address', () => {
    const open = new URLSearchParams('inspect=3&inspectTab=json&var-a=1');
    expect(withInspect(open, first, null).toString()).toBe('var-a=1');
  });

  test('viewing turns on and off', () => {
    const alone = withView(new URLSearchParams(), 3);
    expect(alone.get('viewPanel')).toBe('3');
    expect(withView(alone, 3).has('viewPanel')).toBe(false);
    expect(withView(alone, null).has('viewPanel')).toBe(false);
    expect(withView(alone, 4).get('viewPanel')).toBe('4');
  });
});

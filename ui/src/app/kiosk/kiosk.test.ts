import { kioskOf, nextOf, turned } from './kiosk';

const of = (text: string) => kioskOf(new URLSearchParams(text));

describe('kiosk', () => {
  test('is asked for by its name alone, as by older links', () => {
    expect(of('')).toBeNull();
    expect(of('kiosk=false')).toBeNull();
    expect(of('kiosk')).toEqual({ rotation: [], everyMs: 60_000 });
    expect(of('kiosk=tv')).not.toBeNull();
  });

  test('goes through boards in their order and begins anew', () => {
    const kiosk = of('kiosk&boards=a,home,%20b/c&every=30s')!;

    expect(kiosk).toEqual({ rotation: ['/d/a', '/home', '/d/b%2Fc'], everyMs: 30_000 });
    expect(nextOf(kiosk, '/d/a')).toBe('/home');
    expect(nextOf(kiosk, '/d/b%2Fc')).toBe('/d/a');
    expect(nextOf(kiosk, '/targets')).toBe('/d/a');
    expect(nextOf(of('kiosk')!, '/d/a')).toBeUndefined();
  });

  test('never turns so fast that nobody can read', () => {
    expect(of('kiosk&every=1ms')!.everyMs).toBe(5_000);
    expect(of('kiosk&every=soon')!.everyMs).toBe(60_000);
  });

  test('turns on and off and keeps the rest of the address', () => {
    const on = turned(new URLSearchParams('from=now-1h'));

    expect(on.has('kiosk')).toBe(true);
    expect(turned(on).toString()).toBe('from=now-1h');
  });
});

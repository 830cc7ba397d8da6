import { readFileSync } from 'node:fs';

/** The three blocks of tokens.css: dark, light by choice, light by the system. */
const css = readFileSync('src/app/tokens.css', 'utf8');
const [dark, chosenLight, systemLight] = [
  tokens(/:root \{([\s\S]*?)\n\}/),
  tokens(/:root\[data-theme=light\] \{([\s\S]*?)\n\}/),
  tokens(/:root:not\(\[data-theme\]\) \{([\s\S]*?)\n\} \}/),
];
const THEMES = { dark, light: { ...dark, ...chosenLight } };
const SURFACES = ['bg', 'surface', 'sunken', 'raised', 'pop'];
const TEXTS = ['t1', 't2', 't3', 'accent', 'ok', 'warn', 'crit', 'info', 'maint', 'missing'];
const STATES = ['ok', 'warn', 'crit', 'info', 'maint'];
const SERIES = Array.from({ length: 12 }, (_, i) => `c${i + 1}`);

for (const [theme, colours] of Object.entries(THEMES)) {
  const colour = (name: string) => rgb(colours[name]!);

  describe(`in the ${theme} theme`, () => {
    test.each(TEXTS)('%s reads at 4.5:1 or more on every surface', (text) => {
      for (const surface of SURFACES) {
        expect(contrast(colour(text), colour(surface)), `on ${surface}`).toBeGreaterThanOrEqual(
          4.5,
        );
      }
    });

    test.each(['t1', 't2', 't3', 'accent'])('%s reads on a selected row', (text) => {
      const row = over(colours.selected!, colour('surface'));
      expect(contrast(colour(text), row)).toBeGreaterThanOrEqual(4.5);
    });

    test.each(STATES)('%s reads on its own 14 %% tint', (state) => {
      const tint = mix(colour(state), colour('surface'), 0.14);
      expect(contrast(colour(state), tint)).toBeGreaterThanOrEqual(4.5);
    });

    test.each(SERIES)('%s stands out from a panel at 3:1 or more', (series) => {
      expect(contrast(colour(series), colour('surface'))).toBeGreaterThanOrEqual(3);
    });

    test('what stands on the accent reads', () => {
      expect(contrast(colour('on-accent'), colour('accent'))).toBeGreaterThanOrEqual(4.5);
    });

    test('fields have an edge of 3:1', () => {
      expect(contrast(colour('edge'), colour('sunken'))).toBeGreaterThanOrEqual(3);
    });
  });
}

test('light is the same, chosen or by the system', () => {
  expect(systemLight).toEqual(chosenLight);
});

type Rgb = readonly [number, number, number];

function tokens(block: RegExp): Record<string, string> {
  const body = block.exec(css)?.[1] ?? '';
  const found = [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [
    name!,
    value!.trim(),
  ]);
  expect(found.length).toBeGreaterThan(20); // a pattern that matches nothing would prove nothing
  return Object.fromEntries(found) as Record<string, string>;
}

function rgb(hex: string): Rgb {
  const value = parseInt(/^#([0-9a-f]{6})$/i.exec(hex)![1]!, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** A translucent `rgb(r g b / a)` laid over an opaque colour. */
function over(translucent: string, below: Rgb): Rgb {
  const [r, g, b, alpha] = translucent.match(/[\d.]+/g)!.map(Number) as [
    number,
    number,
    number,
    number,
  ];
  return mix([r, g, b], below, alpha);
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return a.map((value, i) => value * share + b[i]! * (1 - share)) as unknown as Rgb;
}

/** WCAG 2.2: relative luminance of the lighter over that of the darker. */
function contrast(a: Rgb, b: Rgb): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((value) => {
    const c = value / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

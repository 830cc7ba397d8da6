import { readFileSync } from 'node:fs';
import { paintAt, paintOf, SCHEMES, seriesPaint, TINT_PERCENT, tintOf } from './paint';
import { luminance, rgbOf, type Rgb } from './rgb';

/** The tokens of both themes, as tokens.css has them. */
const css = readFileSync('src/app/tokens.css', 'utf8');
const block = (pattern: RegExp): Record<string, string> =>
  Object.fromEntries(
    [...pattern.exec(css)![1]!.matchAll(/--([\w-]+):\s*(#\w{6});/g)].map((m) => [m[1]!, m[2]!]),
  );
const dark = block(/:root \{([\s\S]*?)\n\}/);
const THEMES = {
  dark,
  light: { ...dark, ...block(/:root\[data-theme=light\] \{([\s\S]*?)\n\}/) },
};
const SURFACES = ['surface', 'bg', 'sunken', 'raised', 'pop'];

const HUES = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'];
const NAMED = HUES.flatMap((hue) => [`super-light-${hue}`, `light-${hue}`, hue, `semi-dark-${hue}`, `dark-${hue}`]); // prettier-ignore
const WRITTEN = ['#000000', '#ffffff', '#fff', '#F2495C', '#37872D', '#FADE2A', '#1F60C4', '#EAB839', '#7f7f7f', 'rgb(31, 120, 193)', 'rgba(245, 54, 54, 0.9)', 'rgba(50,172,45,0.97)', '#00ff0080', 'white', 'black', 'gold', 'navy', 'text']; // prettier-ignore

describe.each(Object.entries(THEMES))('in the %s theme', (theme, tokens) => {
  const colour = (text: string) => resolve(text, tokens, theme);

  test.each([...NAMED, ...WRITTEN])('%s reads as words on every surface', (name) => {
    for (const surface of SURFACES) {
      const seen = contrast(colour(paintOf(name).ink), colour(tokens[surface]!));
      expect(seen, `on ${surface}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each([...NAMED, ...WRITTEN])('%s stands out from a panel as a shape', (name) => {
    const seen = contrast(colour(paintOf(name).fill), colour(tokens['surface']!));
    expect(seen).toBeGreaterThanOrEqual(3);
  });

  test.each([...NAMED, ...WRITTEN])('words read on a ground of %s', (name) => {
    const ground = colour(tintOf(paintOf(name)));
    expect(contrast(colour(tokens['t1']!), ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(Object.keys(SCHEMES))('words read in %s and on it, at every share', (scheme) => {
    for (let share = 0; share <= 1; share += 0.05) {
      const paint = paintAt(scheme, share)!;
      const surface = colour(tokens['surface']!);
      expect(contrast(colour(paint.ink), surface), `ink at ${share}`).toBeGreaterThanOrEqual(4.5);
      const ground = colour(tintOf(paint));
      expect(contrast(colour(tokens['t1']!), ground), `on ${share}`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('shade %i of a colour reads', (index) => {
    for (const fixedColor of [...NAMED, ...WRITTEN]) {
      const paint = seriesPaint({ color: { mode: 'shades', fixedColor } }, '', index)!;
      const surface = colour(tokens['surface']!);
      expect(contrast(colour(paint.ink), surface), fixedColor).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour(paint.fill), surface), fixedColor).toBeGreaterThanOrEqual(3);
    }
  });
});

test('a colour that is fit for a theme stays what its author wrote', () => {
  expect(paintOf('#5794F2').fill).toMatch(/^light-dark\(#\w{6}, #5794f2\)$/);
});

test('a ground is never stronger than words can stand', () => {
  expect(tintOf(paintOf('#ffffff'), 90)).toContain(` ${TINT_PERCENT}%`);
});

test('one name keeps its colour, whatever stands beside it', () => {
  const config = { color: { mode: 'palette-classic-by-name' } };

  expect(seriesPaint(config, 'gpu 4', 0)).toEqual(seriesPaint(config, 'gpu 4', 7));
});

const contrast = (a: Rgb, b: Rgb) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

/** What a browser makes of `var()`, `light-dark()` and `color-mix(in oklab, ...)`. */
function resolve(text: string, tokens: Record<string, string>, theme: string): Rgb {
  const value = /^var\(--([\w-]+)\)$/.exec(text)?.[1];
  if (value) return resolve(tokens[value]!, tokens, theme);
  const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(text);
  if (pair) return rgbOf(pair[theme === 'light' ? 1 : 2]!)!;
  if (!text.startsWith('color-mix(')) return rgbOf(text)!;
  const inner = text.slice('color-mix(in oklab, '.length, -1);
  const [first, second] = halves(inner);
  const percent = / (\d+)%$/.exec(first)!;
  return mixed(
    resolve(first.slice(0, percent.index), tokens, theme),
    resolve(second, tokens, theme),
    Number(percent[1]) / 100,
  );
}

/** The two colours of a mix, parted at the comma that stands in no brackets. */
function halves(text: string): [string, string] {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (text[i] === ',' && depth === 0) return [text.slice(0, i), text.slice(i + 1).trim()];
  }
  throw new Error(`no two colours in ${text}`);
}

const light = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const dim = (c: number) => (c <= 0.0031308 ? c * 12.92 : 1.055 * c ** (1 / 2.4) - 0.055);
function toOklab(rgb: Rgb): Rgb {
  const [r, g, b] = rgb.map(light) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
function fromOklab([L, a, b]: Rgb): Rgb {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return rgb.map((c) => Math.min(1, Math.max(0, dim(c)))) as unknown as Rgb;
}
function mixed(a: Rgb, b: Rgb, share: number): Rgb {
  const [x, y] = [toOklab(a), toOklab(b)];
  return fromOklab(x.map((part, i) => part * share + y[i]! * (1 - share)) as unknown as Rgb);
}

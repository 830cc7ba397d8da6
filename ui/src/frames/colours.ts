/**
 * Colours of dashboard JSON in Oriel's tokens. Boards name colours by Grafana's palette or as hex; on
 * our pages a colour means a state or a series, never both, so each is mapped to the nearest of those.
 */

import { rgbOf, type Rgb } from './rgb';

/** What a colour says about a value. `plain` is the healthy normal: it is not shouted about. */
export type Tone = 'plain' | 'ok' | 'warn' | 'crit' | 'info' | 'maint';

const TONES: readonly (readonly [RegExp, Tone])[] = [
  [/red$/, 'crit'],
  [/(orange|yellow)$/, 'warn'],
  [/green$/, 'ok'],
  [/blue$/, 'info'],
  [/(purple|violet)$/, 'maint'],
];

/** The tone of a colour in dashboard JSON: by its name, else by its hue. */
export function toneOf(colour: string | undefined): Tone {
  if (!colour) return 'plain';
  for (const [name, tone] of TONES) if (name.test(colour)) return tone;
  const rgb = rgbOf(colour);
  if (!rgb) return 'plain';
  const { hue, chroma } = hueOf(rgb);
  if (chroma < 0.18) return 'plain';
  if (hue < 18 || hue >= 335) return 'crit';
  if (hue < 68) return 'warn';
  if (hue < 165) return 'ok';
  return hue < 255 ? 'info' : 'maint';
}

const TONE_COLOURS: Readonly<Record<Tone, string>> = {
  plain: 'var(--c1)',
  ok: 'var(--ok)',
  warn: 'var(--warn-fill)',
  crit: 'var(--crit)',
  info: 'var(--c1)',
  maint: 'var(--maint)',
};
export const toneColour = (tone: Tone): string => TONE_COLOURS[tone];

/** Twelve series colours in their order; what is left over is "other". */
export const SERIES: readonly string[] = Array.from({ length: 12 }, (_, i) => `var(--c${i + 1})`);
export const OTHER = 'var(--c0)';

/** Grafana's six hues and their five shades, as far as our series can tell them apart. */
const FIXED: Readonly<Record<string, string>> = {
  'super-light-blue': 'var(--c8)',
  'super-light-green': 'var(--c3)',
  'super-light-red': 'var(--c4)',
  'super-light-purple': 'var(--c9)',
  'light-blue': 'var(--c8)',
  'super-light-orange': 'var(--c11)',
  'semi-dark-orange': 'var(--c7)',
  'dark-orange': 'var(--c7)',
  'super-light-yellow': 'var(--c5)',
  'dark-green': 'var(--c12)',
  blue: 'var(--c1)',
  orange: 'var(--c2)',
  yellow: 'var(--c5)',
  green: 'var(--c10)',
  purple: 'var(--c6)',
  red: 'var(--crit)',
  text: 'var(--t1)',
  transparent: 'transparent',
};

/** A colour that a board fixes for a series. Named ones become series tokens; hex stays as the author wrote it. */
export function fixedColour(colour: string): string {
  if (/^(#|rgb|hsl|var\()/.test(colour)) return colour;
  if (FIXED[colour]) return FIXED[colour];
  const base = colour.replace(/^(super-light|light|semi-dark|dark)-/, '');
  return FIXED[base] ?? 'var(--c1)';
}

/**
 * A series colour for a name, the same on every page and for every refresh, by a hash over twelve;
 * a colour that is taken within the panel moves on to the next free one.
 */
export function coloursByName(names: readonly string[]): string[] {
  const taken = new Set<number>();
  return names.map((name) => {
    if (taken.size === SERIES.length) taken.clear();
    let at = hash(name) % SERIES.length;
    while (taken.has(at)) at = (at + 1) % SERIES.length;
    taken.add(at);
    return SERIES[at]!;
  });
}

function hash(text: string): number {
  let h = 2166136261; // FNV-1a, 32 bits
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619);
  return h >>> 0;
}

function hueOf([r, g, b]: Rgb): { hue: number; chroma: number } {
  const most = Math.max(r, g, b);
  const chroma = most - Math.min(r, g, b);
  if (chroma === 0) return { hue: 0, chroma };
  const sixth =
    most === r
      ? ((g - b) / chroma + 6) % 6
      : most === g
        ? (b - r) / chroma + 2
        : (r - g) / chroma + 4;
  return { hue: sixth * 60, chroma };
}

/**
 * A board's own colours made fit for both themes. Their hue is the author's, their lightness gives way
 * until shapes stand out at 3:1 and words read at 4.5:1 on every surface of ours (a test computes it from
 * tokens.css). Names of Grafana's palette become our tokens.
 */
import { coloursByName, fixedColour, type Tone } from './colours';
import { atLeast, atMost, hexOf, rgbOf, type Rgb } from './rgb';
import type { FieldConfig } from './frame';

/** One colour in its two duties, as CSS that follows the theme by itself. */
export interface Paint {
  /** Bars, arcs, lines, swatches. */
  readonly fill: string;
  /** Words and numbers. */
  readonly ink: string;
}

/** How light a colour must be on the dark surfaces, and may be on the light ones. */
const SHAPE = { least: 0.15, most: 0.26 };
const WORD = { least: 0.25, most: 0.155 };

const forBoth = (rgb: Rgb, { least, most }: typeof SHAPE): string =>
  `light-dark(${hexOf(atMost(rgb, most))}, ${hexOf(atLeast(rgb, least))})`;

/** A token that is made for shapes alone is mixed with the text's colour, as DESIGN.md has it. */
const STATES = new Set(['var(--ok)', 'var(--crit)', 'var(--maint)', 'var(--info)']);
const inkOf = (token: string): string => {
  if (token === 'var(--warn-fill)') return 'var(--warn)';
  return STATES.has(token) || token === 'var(--t1)'
    ? token
    : `color-mix(in oklab, ${token} 72%, var(--t1))`;
};

/** Any colour that a board may write: a name of Grafana's, of CSS, hex, `rgb()`, `rgba()`. */
export function paintOf(colour: string): Paint {
  if (colour === 'transparent') return { fill: 'transparent', ink: 'var(--t1)' };
  const rgb = rgbOf(colour);
  if (rgb) return { fill: forBoth(rgb, SHAPE), ink: forBoth(rgb, WORD) };
  const token = fixedColour(colour);
  return { fill: token, ink: inkOf(token) };
}

/** The paint of a state; the plain normal has none. */
export function paintOfTone(tone: Tone): Paint | undefined {
  return tone === 'plain' ? undefined : STATE_PAINTS[tone];
}
const STATE_PAINTS: Readonly<Record<Exclude<Tone, 'plain'>, Paint>> = {
  ok: { fill: 'var(--ok)', ink: 'var(--ok)' },
  warn: { fill: 'var(--warn-fill)', ink: 'var(--warn)' },
  crit: { fill: 'var(--crit)', ink: 'var(--crit)' },
  info: { fill: 'var(--c1)', ink: 'var(--info)' },
  maint: { fill: 'var(--maint)', ink: 'var(--maint)' },
};

/** Behind words: the paint mixed into the panel, so weak that words keep their contrast on any colour. */
export const TINT_PERCENT = 34;
export const tintOf = ({ fill }: Paint, percent = TINT_PERCENT): string =>
  fill === 'transparent'
    ? fill
    : `color-mix(in oklab, ${fill} ${Math.min(percent, TINT_PERCENT)}%, var(--surface))`;

const SEQUENCE = [1, 2, 3, 4, 5, 6].map((step) => `var(--s${step})`);
const [OK, WARN, CRIT] = ['var(--ok)', 'var(--warn-fill)', 'var(--crit)'];

/** The stops of Grafana's continuous schemes, from the lowest value to the highest, in our tokens. */
export const SCHEMES: Readonly<Record<string, readonly string[]>> = {
  'continuous-GrYlRd': [OK, WARN, CRIT],
  'continuous-RdYlGr': [CRIT, WARN, OK],
  'continuous-BlYlRd': ['var(--c1)', WARN, CRIT],
  'continuous-YlRd': [WARN, CRIT],
  'continuous-BlPu': ['var(--c1)', 'var(--maint)'],
  'continuous-YlBl': [WARN, 'var(--c1)'],
  'continuous-blues': ['var(--line-2)', 'var(--c1)'],
  'continuous-reds': ['var(--line-2)', CRIT],
  'continuous-greens': ['var(--line-2)', OK],
  'continuous-purples': ['var(--line-2)', 'var(--maint)'],
  // lightness rises, or falls, without a turn: what viridis and its sisters are for
  'continuous-viridis': SEQUENCE,
  'continuous-magma': SEQUENCE,
  'continuous-plasma': SEQUENCE,
  'continuous-inferno': SEQUENCE,
  'continuous-cividis': SEQUENCE,
};

/** The colour of a scheme at a share of the way from its lowest value to its highest. */
export function paintAt(scheme: string, share: number): Paint | undefined {
  const stops = SCHEMES[scheme];
  if (!stops) return undefined;
  const at = Math.max(0, Math.min(1, share || 0)) * (stops.length - 1);
  const low = Math.min(Math.floor(at), stops.length - 2);
  const between = (paint: (stop: string) => string) => {
    const percent = Math.round((at - low) * 100);
    if (percent === 0) return paint(stops[low]!);
    if (percent === 100) return paint(stops[low + 1]!);
    return `color-mix(in oklab, ${paint(stops[low + 1]!)} ${percent}%, ${paint(stops[low]!)})`;
  };
  return { fill: between((stop) => stop), ink: between(inkOfStop) };
}

/** The pale end of a scheme is no colour for words: there the text's own stands. */
const inkOfStop = (stop: string): string =>
  stop === 'var(--line-2)' || /^var\(--s\d\)$/.test(stop)
    ? `color-mix(in oklab, ${stop} 15%, var(--t1))`
    : inkOf(stop);

const SHADES = [100, 82, 66, 52, 90, 74, 58];

/** The paint that a field's colour mode gives all its values; undefined where the value decides, or a state. */
export function seriesPaint(config: FieldConfig, name: string, index: number): Paint | undefined {
  const { mode = 'thresholds', fixedColor } = config.color ?? {};
  if (mode === 'fixed' || mode === 'gradient') return paintOf(fixedColor ?? 'gray');
  if (mode === 'shades') return shadeOf(paintOf(fixedColor ?? 'gray'), index);
  if (!mode.startsWith('palette-')) return undefined;
  const fill = coloursByName([name])[0]!;
  return { fill, ink: inkOf(fill) };
}

/** Six more of the same hue, each a step nearer to the text's colour. */
function shadeOf({ fill, ink }: Paint, index: number): Paint {
  const percent = SHADES[index % SHADES.length]!;
  const mix = (colour: string) =>
    percent === 100 ? colour : `color-mix(in oklab, ${colour} ${percent}%, var(--t1))`;
  return { fill: mix(fill), ink: mix(ink) };
}

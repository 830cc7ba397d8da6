/** Which colour a series has: by its name, by the board, or by its values. Tokens in, tokens out. */
import { coloursByName, fixedColour, toneColour, toneOf } from '../../frames/colours';
import type { FieldConfig, NumberField, ThresholdStep } from '../../frames/frame';
import { reducerOf } from '../../frames/reduce';

/** Colours along the axis, for a line whose colour changes with its height. */
export interface Stop {
  /** A value of the axis; `null` from below everything. */
  readonly value: number | null;
  readonly colour: string;
}
export interface Paint {
  readonly colour: string;
  /** Where the colour goes by value: hard steps of thresholds, or points of a smooth run. */
  readonly stops?: readonly Stop[];
  readonly smooth?: boolean;
}

const FEW = 4;

/** One paint a field. Few series take the first colours, which lie furthest apart; many go by their names. */
export function paintsOf(fields: readonly NumberField[]): Paint[] {
  const byName = coloursByName(fields.map(({ name }) => name));
  return fields.map((field, i) => {
    const inOrder = `var(--c${(i % 12) + 1})`;
    const palette = fields.length <= FEW ? inOrder : byName[i]!;
    return paintOf(field, i, palette, byName[i]!);
  });
}

function paintOf(field: NumberField, index: number, palette: string, byName: string): Paint {
  const config = field.config ?? {};
  const { mode, fixedColor } = config.color ?? {};
  if (mode === 'fixed' && fixedColor) return { colour: fixedColour(fixedColor) };
  if (mode === 'shades' && fixedColor) return { colour: shade(fixedColour(fixedColor), index) };
  if (mode === 'palette-classic-by-name') return { colour: byName };
  if (mode === 'thresholds' && (config.thresholds?.steps.length ?? 0) > 0)
    return byThresholds(field, config);
  const run = mode ? CONTINUOUS[mode] : undefined;
  return run ? byRun(field, config, run) : { colour: palette };
}

const SHADES = [100, 72, 50, 86, 60, 38];

/** The same colour, lighter or darker by turns. */
const shade = (colour: string, index: number) =>
  `color-mix(in oklab, ${colour} ${SHADES[index % SHADES.length]}%, ${index % 2 ? 'var(--t1)' : 'var(--surface)'})`;

/** A colour of a threshold: red and amber are states; any other is the author's own. */
export function stepColour(colour: string): string {
  const tone = toneOf(colour);
  return tone === 'crit' || tone === 'warn' ? toneColour(tone) : fixedColour(colour);
}

/** The value that decides, as `color.seriesBy` says: the last, the lowest or the highest. */
function deciding({ values }: NumberField, config: FieldConfig): number {
  const by = (config.color as { seriesBy?: string } | undefined)?.seriesBy;
  return reducerOf(by === 'min' || by === 'max' ? by : 'lastNotNull')(values) ?? NaN;
}

function byThresholds(field: NumberField, config: FieldConfig): Paint {
  const { mode, steps = [] } = config.thresholds ?? {};
  const [low, high] = spanOf(field, config);
  const stops = steps.map(({ value, color }: ThresholdStep): Stop => {
    const at = typeof value === 'number' ? value : null;
    const onAxis = at !== null && mode === 'percentage' ? low + (at / 100) * (high - low) : at;
    return { value: onAxis, colour: stepColour(color) };
  });
  const value = deciding(field, config);
  const reached = stops.filter((stop) => stop.value === null || value >= stop.value).at(-1);
  return { colour: (reached ?? stops[0])!.colour, stops };
}

/** Runs of colours from low to high. What is bad is a state's colour, all else sequential. */
const CONTINUOUS: Readonly<Record<string, readonly string[]>> = {
  'continuous-GrYlRd': ['var(--c10)', 'var(--warn-fill)', 'var(--crit)'],
  'continuous-RdYlGr': ['var(--crit)', 'var(--warn-fill)', 'var(--c10)'],
  'continuous-BlYlRd': ['var(--c1)', 'var(--warn-fill)', 'var(--crit)'],
  'continuous-YlRd': ['var(--warn-fill)', 'var(--crit)'],
  'continuous-BlPu': ['var(--c1)', 'var(--c6)'],
  'continuous-YlBl': ['var(--c5)', 'var(--c1)'],
  'continuous-blues': ['var(--s2)', 'var(--s3)', 'var(--s4)'],
  'continuous-reds': ['color-mix(in oklab, var(--crit) 40%, var(--surface))', 'var(--crit)'],
  'continuous-greens': ['color-mix(in oklab, var(--c10) 40%, var(--surface))', 'var(--c10)'],
  'continuous-purples': ['color-mix(in oklab, var(--c6) 40%, var(--surface))', 'var(--c6)'],
  'continuous-viridis': ['var(--s1)', 'var(--s3)', 'var(--s4)', 'var(--s5)', 'var(--s6)'],
  'continuous-magma': ['var(--s1)', 'var(--s3)', 'var(--s4)', 'var(--s5)', 'var(--s6)'],
  'continuous-plasma': ['var(--s1)', 'var(--s3)', 'var(--s4)', 'var(--s5)', 'var(--s6)'],
  'continuous-inferno': ['var(--s1)', 'var(--s3)', 'var(--s4)', 'var(--s5)', 'var(--s6)'],
  'continuous-cividis': ['var(--s1)', 'var(--s3)', 'var(--s4)', 'var(--s5)', 'var(--s6)'],
};

function byRun(field: NumberField, config: FieldConfig, run: readonly string[]): Paint {
  const [low, high] = spanOf(field, config);
  const value = deciding(field, config);
  const share = Math.max(0, Math.min(1, (value - low) / (high - low || 1))) || 0;
  return {
    colour: alongRun(run, share),
    stops: run.map((colour, i) => ({
      value: low + (i / (run.length - 1)) * (high - low),
      colour,
    })),
    smooth: true,
  };
}

/** The colour at a share of 0 to 1 along a run. */
export function alongRun(run: readonly string[], share: number): string {
  const at = share * (run.length - 1);
  const k = Math.min(run.length - 2, Math.floor(at));
  const between = Math.round((at - k) * 100);
  if (between === 0) return run[k]!;
  if (between === 100) return run[k + 1]!;
  return `color-mix(in oklab, ${run[k + 1]!} ${between}%, ${run[k]!})`;
}

/** From the board's ends, else from the lowest to the highest of the field's own values. */
function spanOf({ values }: NumberField, { min, max }: FieldConfig): [number, number] {
  const low = reducerOf('min')(values) ?? 0;
  const high = reducerOf('max')(values) ?? 1;
  return [min ?? Math.min(low, 0), max ?? high];
}

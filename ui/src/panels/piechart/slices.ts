/** From frames to the slices of a pie: values, shares, colours. Knows no React. */
import { coloursByName, OTHER, toneColour, toneOf } from '../../frames/colours';
import { displayText, mapValue, stepOf } from '../../frames/display';
import type { FieldConfig, Frame } from '../../frames/frame';
import { paintOf } from '../../frames/paint';
import { visible } from '../../format/visible';
import { reduced } from '../values';

export interface Slice {
  readonly name: string;
  readonly value: number;
  /** Of all slices, 0 to 1. */
  readonly share: number;
  readonly colour: string;
  readonly told: string;
  /** How many it stands for, where it is "others". */
  readonly of: number;
}

export interface Pie {
  readonly slices: readonly Slice[];
  /** Values without a slice: missing, below zero, no number. */
  readonly leftOut: number;
  readonly total: number;
  /** How many slices there are when none are joined. */
  readonly all: number;
}

const MOST = 12;

/** Sorted as the board asks; more than twelve become the eleven largest and "others", unless all are asked for. */
export function pieOf(
  frames: readonly Frame[],
  options: Readonly<Record<string, unknown>>,
  showAll = false,
  othersOf: (count: number) => string = (count) => `${count} others`,
): Pie {
  const all = reduced(frames, options).filter(({ config }) => !isHidden(config));
  const known = all.filter(
    (one): one is typeof one & { value: number } =>
      one.value !== null && Number.isFinite(one.value) && one.value >= 0,
  );
  const names = known.map(({ name }) => visible(name));
  const colours = coloursByName(names);
  const total = known.reduce((sum, { value }) => sum + value, 0);
  const slices = known.map(({ value, config }, i): Slice => ({
    name: names[i]!,
    value,
    share: total ? value / total : 0,
    colour: colourOf(value, config) ?? colours[i]!,
    told: displayText(value, config),
    of: 1,
  }));
  const sorted = sortedBy(slices, options['sort']);
  return {
    slices: showAll || sorted.length <= MOST ? sorted : joined(sorted, known[0]?.config, othersOf),
    leftOut: all.length - known.length,
    total,
    all: sorted.length,
  };
}

const isHidden = (config: FieldConfig) =>
  (config.custom?.['hideFrom'] as { viz?: boolean } | undefined)?.viz === true;

/** A colour that the board means for this slice; undefined where its name decides. */
function colourOf(value: number, config: FieldConfig): string | undefined {
  const mapped = mapValue(value, config.mappings ?? [])?.color;
  if (mapped) return meant(mapped);
  const { mode, fixedColor } = config.color ?? {};
  if (mode === 'fixed' && fixedColor) return meant(fixedColor);
  if (mode === 'thresholds' && (config.thresholds?.steps.length ?? 0) > 1) {
    const step = stepOf(value, config);
    return step && meant(step.color);
  }
  return undefined;
}

const meant = (colour: string) =>
  toneOf(colour) === 'crit' ? toneColour('crit') : paintOf(colour).fill;

function sortedBy(slices: readonly Slice[], sort: unknown): Slice[] {
  if (sort === 'none') return [...slices];
  const way = sort === 'asc' ? 1 : -1;
  return [...slices].sort((a, b) => (a.value - b.value) * way);
}

function joined(
  slices: readonly Slice[],
  config: FieldConfig | undefined,
  othersOf: (count: number) => string,
): Slice[] {
  const largest = new Set([...slices].sort((a, b) => b.value - a.value).slice(0, MOST - 1));
  const rest = slices.filter((slice) => !largest.has(slice));
  const value = rest.reduce((sum, slice) => sum + slice.value, 0);
  return [
    ...slices.filter((slice) => largest.has(slice)),
    {
      name: othersOf(rest.length),
      value,
      share: rest.reduce((sum, { share }) => sum + share, 0),
      colour: OTHER,
      told: displayText(value, { ...config, mappings: [] }),
      of: rest.length,
    },
  ];
}

/** "38 %": whole per cents; below one, so many decimals as say that it is not nothing. */
export function percentText(share: number): string {
  const percent = share * 100;
  if (percent > 99 && percent < 100) return `${(Math.floor(percent * 10) / 10).toFixed(1)}\u00a0%`;
  const decimals = percent === 0 || percent >= 10 ? 0 : percent >= 0.1 ? 1 : 2;
  return `${percent.toFixed(decimals)}\u00a0%`;
}

export interface Arc {
  readonly path: string;
  /** Where its label stands. */
  readonly x: number;
  readonly y: number;
  /** How wide a label may be there. */
  readonly room: number;
}

/** Slices as SVG paths around a middle of 0, 0, clockwise from the top. A whole one is a ring of two halves. */
export function arcsOf(shares: readonly number[], outer: number, inner: number): Arc[] {
  let from = 0;
  return shares.map((share) => {
    const to = from + share;
    const middle = (from + to) / 2;
    const radius = inner ? (outer + inner) / 2 : outer * 0.64;
    const [x, y] = at(middle, radius);
    const chord = 2 * radius * Math.sin(Math.PI * Math.min(share, 0.5));
    const room = inner ? Math.min(outer - inner, chord * 1.4) : Math.min(chord, outer * 0.85);
    const path =
      share >= 0.99999
        ? arc(0, 0.5, outer, inner) + arc(0.5, 1, outer, inner)
        : arc(from, to, outer, inner);
    from = to;
    return { path, x, y, room };
  });
}

const r = (n: number) => Math.round(n * 100) / 100;
const at = (turn: number, radius: number): [number, number] => [
  r(Math.sin(turn * 2 * Math.PI) * radius),
  r(-Math.cos(turn * 2 * Math.PI) * radius),
];

function arc(from: number, to: number, outer: number, inner: number): string {
  const large = to - from > 0.5 ? 1 : 0;
  const [ax, ay] = at(from, outer);
  const [bx, by] = at(to, outer);
  if (!inner) return `M0 0L${ax} ${ay}A${outer} ${outer} 0 ${large} 1 ${bx} ${by}Z`;
  const [cx, cy] = at(to, inner);
  const [dx, dy] = at(from, inner);
  return `M${ax} ${ay}A${outer} ${outer} 0 ${large} 1 ${bx} ${by}L${cx} ${cy}A${inner} ${inner} 0 ${large} 0 ${dx} ${dy}Z`;
}

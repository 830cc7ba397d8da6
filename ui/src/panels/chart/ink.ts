/** With what a line is drawn: its stroke, its fill, and how both change with height. */
import type uPlot from 'uplot';
import type { Line } from './series';
import { faded, resolve } from './theme';

/** House rule: more lines than this are thin and have no fill. */
const MANY = 4;

export interface Inks {
  readonly stroke: uPlot.Series.Stroke;
  readonly fill: uPlot.Series.Fill | undefined;
  readonly width: number;
}

/** The pen of one line among `count`. Grafana's own default of 1 px is left to the house. */
export function inkOf(line: Line, count: number, scale: string): Inks {
  const many = count > MANY && line.stacked === 'none';
  const house = many ? 1.2 : 1.5;
  const bars = line.style === 'bars';
  const width = bars ? 0 : line.width === undefined || line.width === 1 ? house : line.width;
  return {
    stroke: line.style === 'points' ? 'transparent' : strokeOf(line, scale),
    width,
    fill: opacityOf(line, count) === 0 ? undefined : fillOf(line, opacityOf(line, count), scale),
  };
}

/** How strong the fill is, 0 to 1. */
export function opacityOf(line: Line, count: number): number {
  if (line.style === 'points') return 0;
  if (line.style === 'bars') return line.fill === undefined || line.fill < 0.5 ? 0.85 : line.fill;
  if (line.stacked !== 'none')
    return line.fill === 0 ? 0 : Math.min(0.9, Math.max(0.16, line.fill ?? 0.3));
  if (count <= MANY) return line.fill ?? 0.2;
  return Math.min(line.fill ?? 0, line.gradient === undefined ? 0 : 0.08);
}

function strokeOf(line: Line, scale: string): uPlot.Series.Stroke {
  if (line.gradient !== 'scheme' || !line.paint.stops) return resolve(line.colour);
  return (u) => schemeOf(u, line, scale, 1);
}

function fillOf(line: Line, opacity: number, scale: string): uPlot.Series.Fill {
  const colour = resolve(line.colour);
  if (line.gradient === 'scheme' && line.paint.stops)
    return (u) => schemeOf(u, line, scale, opacity);
  if (line.gradient === 'hue')
    return (u) =>
      falling(u, u.bbox.top, u.bbox.top + u.bbox.height, [
        faded(`color-mix(in oklab, ${colour} 70%, ${resolve('var(--t1)')})`, opacity),
        faded(colour, opacity),
      ]);
  const even = line.gradient === 'none' || line.style === 'bars' || line.stacked !== 'none';
  if (even && line.gradient !== 'opacity') return faded(colour, opacity);
  return (u, index) => {
    const [top, floor] = spanOf(u, index, scale);
    return falling(u, top, floor, [faded(colour, Math.min(opacity, 0.6)), faded(colour, 0.02)]);
  };
}

/** From the highest value down to the floor, in canvas pixels. */
function spanOf(u: uPlot, index: number, scale: string): [number, number] {
  let high = -Infinity;
  for (const value of u.data[index] ?? [])
    if (typeof value === 'number' && value > high) high = value;
  const floor = Math.max(0, u.scales[scale]?.min ?? 0);
  return [
    u.valToPos(Number.isFinite(high) ? high : floor, scale, true),
    u.valToPos(floor, scale, true),
  ];
}

function falling(
  u: uPlot,
  top: number,
  floor: number,
  [first, last]: readonly [string, string],
): CanvasGradient | string {
  if (!Number.isFinite(top) || !Number.isFinite(floor)) return last;
  const gradient = u.ctx.createLinearGradient(
    0,
    Math.min(top, floor),
    0,
    Math.max(top, floor, top + 1),
  );
  gradient.addColorStop(0, first);
  gradient.addColorStop(1, last);
  return gradient;
}

/** The colours of thresholds or of a run along the axis, from its floor to its top. */
function schemeOf(u: uPlot, line: Line, scale: string, opacity: number): CanvasGradient | string {
  const { stops = [], smooth } = line.paint;
  const { top, height } = u.bbox;
  const gradient = u.ctx.createLinearGradient(0, top + height, 0, top);
  const share = (value: number | null) =>
    value === null
      ? 0
      : Math.max(0, Math.min(1, 1 - (u.valToPos(value, scale, true) - top) / height)) || 0;
  stops.forEach(({ value, colour }, i) => {
    const ink = faded(resolve(colour), opacity);
    gradient.addColorStop(share(value), ink);
    const next = stops[i + 1];
    if (!smooth && next) gradient.addColorStop(share(next.value), ink); // a hard step up to the next
  });
  return stops.length ? gradient : resolve(line.colour);
}

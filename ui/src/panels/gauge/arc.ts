/** The round of a gauge as SVG paths, in a square of 100 units. */

export const RADIUS = 40;
export const MIDDLE = 50;

export interface Whole {
  /** Of the drawing, as a share of its width. */
  readonly height: number;
  readonly start: number;
  readonly sweep: number;
  readonly point: (share: number, radius: number) => { x: number; y: number };
}

/** An arc of 240 degrees that is open below, or a full circle from the top. */
export function wholeOf(circle: boolean): Whole {
  const sweep = circle ? 2 * Math.PI : (240 * Math.PI) / 180;
  const start = circle ? -Math.PI / 2 : Math.PI / 2 + (2 * Math.PI - sweep) / 2;
  const point = (share: number, radius: number) => ({
    x: MIDDLE + radius * Math.cos(start + share * sweep),
    y: MIDDLE + radius * Math.sin(start + share * sweep),
  });
  return { height: circle ? 1 : 0.8, start, sweep, point };
}

const written = (whole: Whole, share: number, radius: number) => {
  const { x, y } = whole.point(share, radius);
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
};

/** From one share of the round to another. A full round is two halves: one arc that ends where it began is none. */
export function arc(whole: Whole, from: number, to: number, radius = RADIUS): string {
  if ((to - from) * whole.sweep > 1.99 * Math.PI) {
    const half = (from + to) / 2;
    return arc(whole, from, half, radius) + arc(whole, half, to, radius);
  }
  const large = (to - from) * whole.sweep > Math.PI ? 1 : 0;
  return `M${written(whole, from, radius)} A${radius} ${radius} 0 ${large} 1 ${written(whole, to, radius)}`;
}

/** A short line across the round. */
export const tick = (whole: Whole, share: number): string =>
  `M${written(whole, share, RADIUS - 5)} L${written(whole, share, RADIUS + 7)}`;

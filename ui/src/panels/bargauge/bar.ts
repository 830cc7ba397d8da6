/** How the bar of a value is filled: in one colour, in the colours it passes, or in cells. Knows no React. */
import { toneColour, toneOf } from '../../frames/colours';
import { byThresholds, shareOf, stepOf, thresholdLines } from '../../frames/display';
import type { FieldConfig } from '../../frames/frame';
import { paintAt } from '../../frames/paint';

export type BarMode = 'basic' | 'gradient' | 'lcd';
export const barModeOf = (option: unknown): BarMode =>
  option === 'gradient' || option === 'lcd' ? option : 'basic';

const clamp = (share: number) => Math.max(0, Math.min(1, share));

/** How much of its bar a value fills, from 0 to 1; null where nothing was measured. */
export const filled = (value: number | null, config: FieldConfig): number | null =>
  value === null || Number.isNaN(value) ? null : clamp(shareOf(value, config));

/** The colour of a place along the bar: of its threshold, of the scheme, else of the bar. */
export function colourAt(share: number, config: FieldConfig, own: string): string {
  const scheme = paintAt(config.color?.mode ?? '', share);
  if (scheme) return scheme.fill;
  if (!byThresholds(config) || (config.thresholds?.steps.length ?? 0) < 2) return own;
  const { min = 0, max = 100 } = config;
  const tone = toneOf(stepOf((min ?? 0) + share * ((max ?? 100) - (min ?? 0)), config)?.color);
  return toneColour(tone === 'ok' ? 'plain' : tone);
}

/** The colours from the foot of the bar to its end, as CSS; `toward` is the direction it grows. */
export function gradientOf(
  share: number,
  config: FieldConfig,
  own: string,
  toward: 'right' | 'top',
): string {
  const places = paintAt(config.color?.mode ?? '', 0)
    ? [0, 0.25, 0.5, 0.75, 1]
    : [0, ...thresholdLines(config).map(({ value }) => shareOf(value, config)), 1];
  const stops = [...new Set(places.map(clamp))]
    .filter((place) => place < share)
    .map((place) => `${colourAt(place, config, own)} ${((place / share) * 100).toFixed(1)}%`);
  return `linear-gradient(to ${toward}, ${[...stops, `${colourAt(share, config, own)} 100%`].join(', ')})`;
}

/** How many cells stand in a bar of this length. */
export const cellsIn = (length: number): number =>
  Math.max(8, Math.min(60, Math.floor(length / 8)));

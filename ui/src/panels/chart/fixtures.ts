/** Frames and lines for tests of charts. */
import type { FieldConfig, Frame } from '../../frames/frame';
import type { PanelViewProps } from '../panel';
import { toLines, type Line } from './series';

export const STEP_MS = 15_000;

/** One series, a value each 15 s from the epoch on. */
export const series = (
  name: string,
  values: readonly (number | null)[],
  config: FieldConfig = {},
  more: { refId?: string; labels?: Record<string, string> } = {},
): Frame => ({
  refId: more.refId ?? 'A',
  fields: [
    { name: 'Time', type: 'time', values: values.map((_, i) => i * STEP_MS) },
    { name, type: 'number', labels: more.labels, values, config },
  ],
});

export const linesOf = (
  frames: readonly Frame[],
  hidden: readonly string[] = [],
): readonly Line[] => toLines(frames, STEP_MS, 600, { hidden: new Set(hidden), all: false }).lines;

/** Props of a panel of 600 by 200 pixels over one minute. */
export const panelProps = (more: Partial<PanelViewProps> = {}): PanelViewProps => ({
  title: 'Power',
  options: {},
  oriel: {},
  frames: [],
  range: { fromMs: 0, toMs: 60_000 },
  stepMs: STEP_MS,
  width: 600,
  height: 200,
  head: null,
  say: (text) => text,
  onZoom: () => undefined,
  ...more,
});

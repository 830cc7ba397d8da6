/** What tests of panel kinds have in common: props of a panel, small frames, axe. */
import axe from 'axe-core';
import type { FieldConfig, Frame } from '../frames/frame';
import type { PanelViewProps } from './panel';

export const propsOf = (more: Partial<PanelViewProps> = {}): PanelViewProps => ({
  title: 'Panel',
  options: {},
  oriel: {},
  frames: [],
  range: { fromMs: 0, toMs: 600_000 },
  stepMs: 60_000,
  width: 600,
  height: 240,
  head: null,
  say: (text) => text,
  onZoom: () => undefined,
  ...more,
});

/** A series with a value a minute. */
export const seriesOf = (
  name: string,
  values: (number | null)[],
  config: FieldConfig = {},
  labels?: Record<string, string>,
): Frame => ({
  refId: 'A',
  fields: [
    { name: 'Time', type: 'time', values: values.map((_, i) => i * 60_000) },
    { name, type: 'number', labels, values, config },
  ],
});

/** What is wrong for those who hear or type; colours are judged in the browser. */
export async function faultsIn(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Text as somebody writes it who wants to run something, or to hide what he wrote. */
export const HOSTILE = '<img src=x onerror=alert(1)>\u202e"; {{__proto__}}';

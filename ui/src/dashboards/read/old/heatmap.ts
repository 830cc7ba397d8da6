/** The old `heatmap`: what stood beside the type goes among the options. */
import { number, object, text, without, type Json } from '../json';
import type { Modern } from '.';

/** Which end of a bucket its label names. */
const LAYOUTS: Readonly<Record<string, string>> = { upper: 'le', lower: 'ge', middle: 'unknown' };

export function heatmapOf(panel: Json): Modern {
  const calculate = panel['dataFormat'] !== 'tsbuckets';
  const cards = object(panel['cards']);
  return {
    notes: [],
    panel: {
      ...panel,
      type: 'heatmap',
      options: without({
        ...object(panel['options']),
        calculate,
        calculation: calculate ? calculationOf(panel) : undefined,
        color: colourOf(object(panel['color'])),
        cellGap: number(cards['cardPadding']) ?? 2,
        cellRadius: number(cards['cardRound']),
        yAxis: axisOf(object(panel['yAxis']), panel['reverseYBuckets'] === true),
        rowsFrame: { layout: LAYOUTS[text(panel['yBucketBound'])] ?? 'auto' },
        legend: { show: object(panel['legend'])['show'] === true },
        showValue: 'never',
        tooltip: {
          mode: object(panel['tooltip'])['show'] === false ? 'none' : 'single',
          yHistogram: object(panel['tooltip'])['showHistogram'] === true,
        },
        filterValues: panel['hideZeroBuckets'] === true ? { le: 1e-9 } : undefined,
      }),
    },
  };
}

function calculationOf(panel: Json): Json {
  const axis = object(panel['yAxis']);
  const base = number(axis['logBase']) ?? 1;
  return without({
    xBuckets: bucketsOf(panel['xBucketSize'], panel['xBucketNumber']),
    yBuckets: without({
      ...bucketsOf(panel['yBucketSize'], panel['yBucketNumber'] ?? axis['splitFactor']),
      scale: base > 1 ? { type: 'log', log: base } : undefined,
    }),
  });
}

function bucketsOf(size: unknown, count: unknown): Json | undefined {
  if (text(size) !== '') return { mode: 'size', value: text(size) };
  return text(count) !== '' ? { mode: 'count', value: text(count) } : undefined;
}

function colourOf(color: Json): Json {
  const opacity = color['mode'] === 'opacity';
  const scheme = text(color['colorScheme']).replace(/^interpolate/, '') || 'Oranges';
  return without({
    mode: opacity ? 'opacity' : 'scheme',
    scheme,
    fill: text(color['cardColor']) || undefined,
    scale: color['colorScale'] === 'linear' ? undefined : 'exponential',
    exponent: number(color['exponent']) ?? 0.5,
    steps: 128,
    min: number(color['min']),
    max: number(color['max']),
    reverse: false,
  });
}

const axisOf = (axis: Json, reverse: boolean): Json =>
  without({
    axisPlacement: axis['show'] === false ? 'hidden' : 'left',
    unit: text(axis['format']) || undefined,
    decimals: number(axis['decimals']),
    min: number(axis['min']),
    max: number(axis['max']),
    reverse,
  });

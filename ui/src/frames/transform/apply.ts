import { getFrameMatchers, type DataFrame } from '@grafana/data';
import type { Frame } from '../frame';
import { checkBounds, checkSize } from './bounds';
import { fromDataFrames, toDataFrame } from './dataFrames';
import { keepHoles } from './holes';
import { copyOptions, onlyValue } from './names';
import { reasonOf } from './refused';
import { TRANSFORMS, type Json, type Transform } from './table';
import type { Transformation, Transformed } from '.';

/** Applies the steps one after another; one that is unknown or cannot be done is passed over and named. */
export function applySteps(
  frames: readonly Frame[],
  steps: readonly Transformation[],
  interpolate: (text: string) => string,
): Transformed {
  const unknown: string[] = [];
  const refused: string[] = [];
  const before = frames.map(toDataFrame);
  let current = before;
  for (const step of steps) {
    const transform = TRANSFORMS.get(step.id);
    if (!transform) {
      unknown.push(String(step.id));
      continue;
    }
    try {
      current = applyStep(current, step, transform, interpolate);
    } catch (error) {
      refused.push(`${step.id} was not applied: ${reasonOf(error)}`);
    }
  }
  return { frames: current === before ? frames : fromDataFrames(current), unknown, refused };
}

function applyStep(
  frames: DataFrame[],
  { id, filter, options }: Transformation,
  transform: Transform,
  interpolate: (text: string) => string,
): DataFrame[] {
  const called = onlyValue(tableColumns(frames));
  const filled = () => asObject(copyOptions(options, interpolate, called)); // afresh: the library writes into it
  const matches = filter?.options ? getFrameMatchers(filter) : () => true;
  const input = frames.filter((frame) => matches(frame)).map(fresh);
  if (input.length === 0 && frames.length > 0) return frames;
  checkBounds(id, input, filled());
  const run = (own: DataFrame[], changed?: Json) =>
    settle(transform(own.map(fresh), changed ?? filled()));
  const output = keepHoles(id, input, filled(), run);
  checkSize(output);
  const first = frames.findIndex((frame) => matches(frame));
  const passedBy = (from: number, to: number) =>
    frames.slice(from, to).filter((frame) => !matches(frame));
  return [...passedBy(0, first), ...output, ...passedBy(Math.max(first, 0), frames.length)];
}

/** Names of the columns that are no series. */
const tableColumns = (frames: readonly DataFrame[]): string[] =>
  frames.flatMap(({ fields }) => fields.flatMap(({ name, labels }) => (labels ? [] : [name])));

const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** A copy whose fields may be written to; their values are shared, and the library leaves those alone. */
const fresh = (frame: DataFrame): DataFrame => ({
  ...frame,
  fields: frame.fields.map((field) => ({
    ...field,
    config: { ...field.config },
    state: field.state && { ...field.state, calcs: undefined },
  })),
});

/** Plain frames again, whatever class they came as, with `null` for every hole. Throws if they are none. */
export function settle(frames: DataFrame[]): DataFrame[] {
  return frames.map(({ refId, name, meta, fields, length }) => ({
    refId,
    name,
    meta,
    length: fields.reduce((most, { values }) => Math.max(most, values.length), 0) || length || 0,
    fields: fields.map((field) => ({
      ...field,
      name: field.name ?? '',
      config: field.config ?? {},
      values: withNulls(field.values),
    })),
  }));
}

const withNulls = (values: unknown[]): unknown[] =>
  values.includes(undefined) ? Array.from(values, (value) => value ?? null) : values;

/** From the answers of one question to frames, as its panel takes them: series, or a table of rows. */
import type { InstantSample, RangeSeries } from '../api/prometheus';
import type { Frame } from '../frames/frame';
import { numbersOf } from '../frames/frame';
import {
  heatFrames,
  instantFrames,
  seriesFrames,
  tableFrame,
  type Asked,
} from '../frames/fromPrometheus';
import type { Plan, Question } from './ask';
import type { Panel } from './model';
import { worksOnSeries } from './when';

export function framesOf(
  panel: Panel,
  { target, expr, legend }: Question,
  plan: Plan,
  steps: readonly RangeSeries[] | undefined,
  now: readonly InstantSample[] | undefined,
): Frame[] {
  const asked: Asked = { refId: target.refId, expr, legend };
  const isTable = target.format === 'table' || (panel.type === 'table' && !worksOnSeries(panel));
  if (isTable) {
    const samples = now ?? (steps ? samplesOf(steps) : []);
    return [named(tableFrame(samples, asked), panel, plan)];
  }
  const told = panel.type === 'heatmap' ? heatFrames : seriesFrames;
  const series = steps ? told(steps, asked) : [];
  return now ? withNow(series, instantFrames(now, asked)) : series;
}

/** A row for each step of each series. */
const samplesOf = (series: readonly RangeSeries[]): InstantSample[] =>
  series.flatMap(({ labels, times, values }) =>
    times.map((timeMs, i) => ({ labels, timeMs, value: values[i]! })),
  );

/** The only table of a panel calls its value `Value`, unless the board speaks of it by its letter. */
function named(frame: Frame, panel: Panel, { questions }: Plan): Frame {
  const tables = questions.filter(({ target }) => target.format === 'table' && !target.hidden);
  if (tables.length > 1 || speaksOfLetters(panel)) return frame;
  const fields = frame.fields.map((field) =>
    field.type === 'number' && field.name === `Value #${frame.refId}`
      ? { ...field, name: 'Value' }
      : field,
  );
  return { ...frame, fields };
}

const speaksOfLetters = ({ transformations, fieldConfig, options }: Panel): boolean =>
  JSON.stringify([transformations, fieldConfig, options]).includes('Value #');

/** Puts the value of now behind each series; one that has none now ends with a hole, for it is gone. */
export function withNow(series: readonly Frame[], now: readonly Frame[]): Frame[] {
  if (series.length === 0) return [...now];
  const key = (frame: Frame) =>
    JSON.stringify(Object.entries(numbersOf(frame)[0]?.labels ?? {}).sort());
  const rest = new Map(now.map((frame) => [key(frame), frame]));
  const joined = series.map((frame) => {
    const last = rest.get(key(frame));
    rest.delete(key(frame));
    return last ? append(frame, last) : frame;
  });
  return [...joined, ...rest.values()];
}

function append(frame: Frame, last: Frame): Frame {
  return {
    ...frame,
    fields: frame.fields.map((field, i) => ({
      ...field,
      values: [...field.values, ...(last.fields[i]?.values ?? [])],
    })) as Frame['fields'],
  };
}

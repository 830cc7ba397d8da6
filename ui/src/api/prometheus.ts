/** Prometheus' HTTP API, version 1, as far as the pages ask it. */
import { getJson, type Params } from './client';

export type Labels = Readonly<Record<string, string>>;

/** A native histogram as the API writes it: counts between two bounds, from low to high. */
export interface Histogram {
  count: number;
  sum: number;
  buckets: Bucket[];
}

export interface Bucket {
  lower: number;
  upper: number;
  count: number;
  /** Which bounds belong to it: 0 the upper, 1 the lower, 2 neither, 3 both. */
  closed: number;
}

export interface TimedHistogram {
  timeMs: number;
  histogram: Histogram;
}

/** One series of a range query. A step without a sample is not in the columns: missing is not zero. */
export interface RangeSeries {
  labels: Labels;
  /** Milliseconds since 1970, rising. */
  times: number[];
  /** As long as `times`; may hold NaN and infinities, as Prometheus answers them. */
  values: number[];
  /** Its samples that are native histograms; a line can't show them. */
  histograms?: TimedHistogram[];
}

/** One element of an instant vector; a scalar answer is one element without labels. */
export interface InstantSample {
  labels: Labels;
  timeMs: number;
  /** NaN where the sample is a native histogram. */
  value: number;
  histogram?: Histogram;
}

/** Data, and what the server wanted said about it. */
export interface Answer<T> {
  data: T;
  warnings: string[];
  infos: string[];
}

export interface RangeAsk {
  expr: string;
  startMs: number;
  endMs: number;
  stepMs: number;
}

type Pair = [seconds: number, value: string];
interface Envelope<T> {
  data: T;
  warnings?: string[];
  infos?: string[];
}
interface RawHistogram {
  count: string;
  sum: string;
  buckets?: [closed: number, lower: string, upper: string, count: string][];
}
type HistogramPair = [seconds: number, histogram: RawHistogram];
interface RawSeries {
  metric: Labels;
  values?: Pair[];
  histograms?: HistogramPair[];
}
type QueryData =
  | { resultType: 'matrix'; result: RawSeries[] }
  | { resultType: 'vector'; result: { metric: Labels; value?: Pair; histogram?: HistogramPair }[] }
  | { resultType: 'scalar' | 'string'; result: Pair };

/** `query_range`: every series of the expression at each step. */
export async function fetchRange(
  ask: RangeAsk,
  signal?: AbortSignal,
): Promise<Answer<RangeSeries[]>> {
  const { expr, startMs, endMs, stepMs } = ask;
  const params = { query: expr, start: startMs / 1000, end: endMs / 1000, step: stepMs / 1000 };
  const answer = await v1<QueryData>('query_range', params, signal);
  if (answer.data.resultType !== 'matrix') return { ...answer, data: [] };
  return { ...answer, data: answer.data.result.map(toRangeSeries) };
}

/** `query`: the expression at one moment. */
export async function fetchInstant(
  expr: string,
  atMs: number,
  signal?: AbortSignal,
): Promise<Answer<InstantSample[]>> {
  const answer = await v1<QueryData>('query', { query: expr, time: atMs / 1000 }, signal);
  return { ...answer, data: toSamples(answer.data) };
}

export interface MetricFacts {
  type: string;
  help: string;
  unit: string;
}

/** `metadata`: type, help and unit by metric name; the first entry where targets disagree. */
export async function fetchMetadata(signal?: AbortSignal): Promise<Record<string, MetricFacts>> {
  const { data } = await v1<Record<string, MetricFacts[]>>('metadata', {}, signal);
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, facts]) => (facts[0] ? [[name, facts[0]]] : [])),
  );
}

/** `label/NAME/values` over a range, all or those of the series that match. */
export async function fetchLabelValues(
  label: string,
  ask: { startMs?: number; endMs?: number; match?: readonly string[] },
  signal?: AbortSignal,
): Promise<string[]> {
  const path = `label/${encodeURIComponent(label)}/values`;
  return (await v1<string[]>(path, span(ask), signal)).data;
}

/** `labels`: the label names over a range. */
export async function fetchLabelNames(
  ask: { startMs?: number; endMs?: number; match?: readonly string[] },
  signal?: AbortSignal,
): Promise<string[]> {
  return (await v1<string[]>('labels', span(ask), signal)).data;
}

/** `series`: the label sets that match, over a range. */
export async function fetchSeries(
  ask: { startMs?: number; endMs?: number; match: readonly string[] },
  signal?: AbortSignal,
): Promise<Labels[]> {
  return (await v1<Labels[]>('series', span(ask), signal)).data;
}

/** The exemplars of one series. */
export interface ExemplarSeries {
  seriesLabels: Labels;
  exemplars: { labels: Labels; timeMs: number; value: number }[];
}

/** `query_exemplars`: single cases that were kept beside the series of an expression. */
export async function fetchExemplars(
  expr: string,
  ask: { startMs: number; endMs: number },
  signal?: AbortSignal,
): Promise<ExemplarSeries[]> {
  type Raw = {
    seriesLabels: Labels;
    exemplars: { labels: Labels; value: string; timestamp: number }[];
  };
  const { data } = await v1<Raw[] | null>('query_exemplars', { query: expr, ...span(ask) }, signal);
  return (data ?? []).map(({ seriesLabels, exemplars }) => ({
    seriesLabels,
    exemplars: exemplars.map(({ labels, value, timestamp }) => ({
      labels,
      timeMs: Math.round(timestamp * 1000),
      value: toNumber(value),
    })),
  }));
}

/** Prometheus writes numbers as text so that these three survive JSON. */
export function toNumber(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number(text); // 'NaN' gives NaN
}

async function v1<T>(path: string, params: Params, signal?: AbortSignal): Promise<Answer<T>> {
  const body = await getJson<Envelope<T>>(`api/v1/${path}`, params, signal);
  return { data: body.data, warnings: body.warnings ?? [], infos: body.infos ?? [] };
}

function span(ask: { startMs?: number; endMs?: number; match?: readonly string[] }): Params {
  return {
    start: ask.startMs === undefined ? undefined : ask.startMs / 1000,
    end: ask.endMs === undefined ? undefined : ask.endMs / 1000,
    'match[]': ask.match,
  };
}

function toRangeSeries({ metric, values = [], histograms = [] }: RawSeries): RangeSeries {
  return {
    labels: metric,
    times: values.map(([seconds]) => Math.round(seconds * 1000)),
    values: values.map(([, value]) => toNumber(value)),
    histograms: histograms.map(([seconds, raw]) => ({
      timeMs: Math.round(seconds * 1000),
      histogram: toHistogram(raw),
    })),
  };
}

function toHistogram({ count, sum, buckets = [] }: RawHistogram): Histogram {
  return {
    count: toNumber(count),
    sum: toNumber(sum),
    buckets: buckets.map(([closed, lower, upper, inside]) => ({
      closed,
      lower: toNumber(lower),
      upper: toNumber(upper),
      count: toNumber(inside),
    })),
  };
}

function toSamples(data: QueryData): InstantSample[] {
  if (data.resultType === 'vector') {
    return data.result.flatMap(({ metric, value, histogram }) =>
      toSample(metric, value, histogram),
    );
  }
  if (data.resultType === 'scalar') return toSample({}, data.result);
  if (data.resultType === 'matrix') {
    return data.result.flatMap(({ metric, values = [], histograms = [] }) => {
      const number = values.at(-1);
      const histogram = histograms.at(-1);
      const newer = histogram && (!number || histogram[0] > number[0]);
      return newer ? toSample(metric, undefined, histogram) : toSample(metric, number);
    });
  }
  return [];
}

function toSample(labels: Labels, pair?: Pair, histogram?: HistogramPair): InstantSample[] {
  if (histogram) {
    const [seconds, raw] = histogram;
    return [{ labels, timeMs: seconds * 1000, value: NaN, histogram: toHistogram(raw) }];
  }
  return pair ? [{ labels, timeMs: pair[0] * 1000, value: toNumber(pair[1]) }] : [];
}

/** What fills the head of the metrics store. Older servers tell a part of it, as Prometheus does. */
import { ApiError, getJson } from './client';

export interface Counted {
  name: string;
  count: number;
}

/** A job's series beside what it may have. */
export interface JobSeries {
  job: string;
  series: number;
  warnAt: number;
  budget: number;
  /** How many new series were refused. */
  refused: number;
  /** How many series were new, since about an hour. */
  created: number;
  /** The label whose values grow the number of series. */
  growing: { label: string; newValues: number } | null;
}

export interface Cardinality {
  series: number;
  labelPairs: number;
  metrics: Counted[];
  labels: Counted[];
  pairs: Counted[];
  /** The metrics engine whose count this is; missing where it is Oriel's own. */
  engine?: string;
  /** Not told where the server counts none by job. */
  jobs?: JobSeries[];
  /** Series that came and went since about an hour. */
  churn?: { created: number; removed: number };
}

interface HeadStatus {
  headStats: { numSeries: number; numLabelPairs: number };
  seriesCountByMetricName: { name: string; value: number }[];
  labelValueCountByLabelName: { name: string; value: number }[];
  seriesCountByLabelValuePair: { name: string; value: number }[];
}

const ROWS = 50;

export async function fetchCardinality(signal?: AbortSignal): Promise<Cardinality> {
  try {
    return await getJson<Cardinality>('api/v1/oriel/cardinality', { limit: ROWS }, signal);
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return fromHead(signal);
    throw cause;
  }
}

async function fromHead(signal?: AbortSignal): Promise<Cardinality> {
  const { data } = await getJson<{ data: HeadStatus }>(
    'api/v1/status/tsdb',
    { limit: ROWS },
    signal,
  );
  const rows = (all: HeadStatus['seriesCountByMetricName']) =>
    all.map(({ name, value }) => ({ name, count: value }));
  return {
    series: data.headStats.numSeries,
    labelPairs: data.headStats.numLabelPairs,
    metrics: rows(data.seriesCountByMetricName),
    labels: rows(data.labelValueCountByLabelName),
    pairs: rows(data.seriesCountByLabelValuePair),
  };
}

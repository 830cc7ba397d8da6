/** Oriel's own API beside Prometheus': about itself, its cost, its targets, its dashboards. */
import { getJson } from './client';
import type { Labels } from './prometheus';

export interface About {
  version: string;
  host: string;
  startedMs: number;
  retentionMs: number;
  cores: number;
  /** The server's clock, milliseconds since 1970. */
  now: number;
  /** Where the metrics engine in the store's place is; null where metrics are kept by Oriel. */
  engine?: string | null;
}

/** How it stands with the metrics engine in the store's place. */
export interface Engine {
  url: string;
  /** From the best to the worst. */
  state: 'well' | 'catching_up' | 'down' | 'full';
  /** Since when it is down or full; 0 where it is neither. */
  sinceMs: number;
  /** Whether it answers queries. */
  answers: boolean;
  /** Whether it takes samples. */
  takes: boolean;
  /** What was heard of it last. */
  why: string;
  /** What waits for it, and what may. */
  pendingBytes: number;
  mostBytes: number;
  /** How far the newest that it took is behind. */
  lagMs: number;
  /** Samples that were measured and found no room to wait. */
  lost: number;
}

/** What Oriel costs on its machine, now. */
export interface SelfCost {
  cpuCores: number;
  residentBytes: number;
  series: number;
  samplesPerSecond: number;
}

export type Health = 'UNKNOWN' | 'UP' | 'DOWN';

export interface Target {
  id: string;
  kind: 'COLLECTOR' | 'SCRAPE';
  pool: string;
  name: string;
  where: string;
  labels: Labels;
  discovered?: Labels;
  foundBy: string;
  health: Health;
  error: string | null;
  remedy: string | null;
  lastMs: number | null;
  lastGoodMs: number | null;
  tookNanos: number | null;
  samples: number | null;
  intervalMs: number;
  timeoutMs: number;
  failuresInARow: number;
}

/** A target that was found and left out, and by which rule. */
export interface DroppedTarget {
  labels: Labels;
  reason: string;
}

export interface Job {
  job: string;
  kind: 'COLLECTOR' | 'SCRAPE';
  up: number;
  total: number;
  series: number;
  interval: number;
}

/** What intake repaired or dropped, counted by reason. */
export interface IntakeCount {
  reason: string;
  words: string;
  count: number;
}

export interface TargetsAnswer {
  targets: Target[];
  dropped: DroppedTarget[];
  jobs: Job[];
  intake: IntakeCount[];
}

export interface DashboardEntry {
  uid: string;
  title: string;
  folder: string;
  tags: string[];
  description: string;
}

/** What is to be said of a file in a folder of dashboards. */
export interface DashboardNote {
  file: string;
  /** From 1; 0: of the file as a whole. */
  line: number;
  column: number;
  /** Whether the board is in the list all the same. */
  listed: boolean;
  says: string;
}

/** Where files become dashboards. */
export interface DashboardFolders {
  folders: string[];
  notes: DashboardNote[];
}

/** One word of PromQL, as the server's table has it: a function, an aggregation or an operator. */
export interface QueryWord {
  kind: 'function' | 'aggregation' | 'operator';
  name: string;
  signature: string;
  takes: string[];
  returns: string;
  experimental: boolean;
  doc: string;
  example: string;
}

/** A piece of a phrase: plain words, the name of a metric or label, a value, or another part. */
export type Piece = { words: string } | { name: string } | { value: string } | { part: Part };

/** What one part of a query says, and which bytes of the text it is about. */
export interface Part {
  start: number;
  end: number;
  /** The word whose documentation belongs to it. */
  row?: string;
  says: Piece[];
  /** What the phrase calls "this" or "the first", because it would be too long inside it. */
  below: { label: string; part: Part }[];
}

/** A query in words, or what is wrong with its text. */
export interface Explanation {
  query: string;
  text?: string;
  part?: Part;
  problem?: string;
}

export const fetchQueryWords = (signal?: AbortSignal) => oriel<QueryWord[]>('functions', signal);
export const fetchExplanation = (query: string, signal?: AbortSignal) =>
  getJson<Explanation>('api/v1/oriel/explain', { query }, signal);

export const fetchAbout = (signal?: AbortSignal) => oriel<About>('about', signal);
export const fetchSelf = (signal?: AbortSignal) => oriel<SelfCost>('self', signal);
export const fetchEngine = (signal?: AbortSignal) => oriel<Engine | null>('engine', signal);
export const fetchTargets = (signal?: AbortSignal) => oriel<TargetsAnswer>('targets', signal);
export const fetchDashboards = (signal?: AbortSignal) =>
  oriel<DashboardEntry[]>('dashboards', signal);

export const fetchDashboardFolders = (signal?: AbortSignal) =>
  oriel<DashboardFolders>('dashboard-folders', signal);

/** A dashboard's Grafana JSON, as it lies in its file. */
export const fetchDashboard = (uid: string, signal?: AbortSignal) =>
  oriel<unknown>(`dashboards/${encodeURIComponent(uid)}`, signal);

function oriel<T>(path: string, signal?: AbortSignal): Promise<T> {
  return getJson<T>(`api/v1/oriel/${path}`, {}, signal);
}

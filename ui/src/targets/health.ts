/** How targets stand: states, groups and the page's sentence. Pure functions over the server's answer. */
import type { Job, Target, TargetsAnswer } from '../api/oriel';
import { texts } from '../app/texts';
import { clock } from '../format';
import type { State } from '../parts';

const words = texts.targets;

export function hasFailed({ health }: Target): boolean {
  return health === 'DOWN';
}

/** A silent target is missing data, not an alarm; one that was never asked is pending. */
export function stateOf({ health }: Target): State {
  if (health === 'UP') return 'ok';
  return health === 'DOWN' ? 'missing' : 'pending';
}

/** A job stands as its worst target does. */
export function jobState({ targets }: TargetsAnswer, kind: Target['kind'], job: string): State {
  const own = targets.filter((target) => target.kind === kind && target.pool === job);
  if (own.some(hasFailed)) return 'missing';
  return own.every(({ health }) => health === 'UP') ? 'ok' : 'pending';
}

/** The server's words as a sentence: a capital first, a stop last. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.?:]$/.test(begun) ? begun : `${begun}.`;
}

export interface Group {
  name: string;
  collectors: boolean;
  intervalMs: number;
  up: number;
  total: number;
  /** `undefined` when the server counts no series for it. */
  series?: number;
  targets: Target[];
}

/** Collectors first, then one group a job, in the server's order; what fails stands first within each. */
export function groupsOf({ targets, jobs }: TargetsAnswer): Group[] {
  const groups = new Map<string, Group>();
  const byKind = [...targets].sort((a, b) => rank(a) - rank(b));
  for (const target of byKind) {
    const collectors = target.kind === 'COLLECTOR';
    const key = collectors ? 'collectors' : `job ${target.pool}`;
    const group = groups.get(key) ?? emptyGroup(target, collectors, jobs);
    groups.set(key, group);
    group.targets.push(target);
    group.total++;
    if (target.health === 'UP') group.up++;
  }
  for (const group of groups.values()) {
    group.targets.sort((a, b) => Number(hasFailed(b)) - Number(hasFailed(a)));
  }
  return [...groups.values()];
}

function rank({ kind }: Target): number {
  return kind === 'COLLECTOR' ? 0 : 1;
}

function emptyGroup(target: Target, collectors: boolean, jobs: readonly Job[]): Group {
  const own = jobs.filter(({ job, kind }) =>
    collectors ? kind === 'COLLECTOR' : kind === 'SCRAPE' && job === target.pool,
  );
  return {
    name: collectors ? words.collectors : target.pool,
    collectors,
    intervalMs: target.intervalMs,
    up: 0,
    total: 0,
    series: own.length ? own.reduce((sum, { series }) => sum + series, 0) : undefined,
    targets: [],
  };
}

/** What a target is called; with its job where another one has the same name. */
export function nameOf({ name, pool, id }: Target, all: readonly Target[]): string {
  const shared = all.some((other) => other.name === name && other.id !== id);
  return shared ? words.ofJob(name, pool) : name;
}

/** The first line of the page: how many answer, and which one does not. */
export function headline(
  targets: readonly Target[],
  nowMs: number,
): { state: State; title: string } {
  if (targets.length === 0) return { state: 'info', title: words.none };
  const failed = targets.filter(hasFailed);
  const up = targets.filter(({ health }) => health === 'UP').length;
  const [first] = failed;
  if (!first && up < targets.length) {
    return { state: 'pending', title: words.notAll(up, targets.length) };
  }
  if (!first) return { state: 'ok', title: words.allAnswer(targets.length) };
  if (failed.length > 1) {
    return { state: 'missing', title: words.moreDown(up, targets.length, failed.length) };
  }
  const since = first.lastGoodMs ? words.since(clock(first.lastGoodMs, nowMs)) : words.never;
  return {
    state: 'missing',
    title: words.oneDown(up, targets.length, nameOf(first, targets), since),
  };
}

/** Whether a target has the words of the filter in its name, address, group or labels. */
export function matches(target: Target, filter: string): boolean {
  const text = [
    target.name,
    target.where,
    target.pool,
    ...Object.entries(target.labels).map(([name, value]) => `${name}=${value}`),
    target.health === 'UP' ? 'up' : target.health === 'DOWN' ? 'down' : 'unknown',
  ]
    .join(' ')
    .toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

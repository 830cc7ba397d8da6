/** The spans of a trace as a tree, in the order they began. Knows no React. */
import type { Field, Frame } from '../../frames/frame';
import { visible } from '../../format/visible';

export interface Span {
  readonly id: string;
  readonly parent: string;
  readonly trace: string;
  readonly name: string;
  readonly service: string;
  readonly startMs: number;
  readonly tookMs: number;
  readonly failed: boolean;
  readonly facts: readonly (readonly [string, string])[];
}

export interface Node {
  readonly span: Span;
  readonly depth: number;
  readonly children: readonly Node[];
  /** Of its time, what none of its children had. */
  readonly ownMs: number;
}

export interface Trace {
  readonly roots: readonly Node[];
  readonly startMs: number;
  readonly endMs: number;
  readonly spans: number;
  readonly services: readonly string[];
  /** Whether spans were left out, being too many. */
  readonly cut: boolean;
  /** How many traces the answer holds. */
  readonly traces: number;
}

export const MOST_SPANS = 50_000;
const DEEPEST = 200;

/** The largest trace of the answer; null where there is none. */
export function traceOf(frames: readonly Frame[]): Trace | null {
  const all = frames.flatMap(spansOf);
  const byTrace = new Map<string, Span[]>();
  for (const span of all) listOf(byTrace, span.trace).push(span);
  const [largest] = [...byTrace.values()].sort((a, b) => b.length - a.length);
  if (!largest) return null;
  const spans = largest.slice(0, MOST_SPANS);
  let startMs = Infinity;
  let endMs = -Infinity;
  for (const span of spans) {
    startMs = Math.min(startMs, span.startMs);
    endMs = Math.max(endMs, span.startMs + span.tookMs);
  }
  return {
    roots: treeOf(spans),
    startMs,
    endMs,
    spans: spans.length,
    services: [...new Set(spans.map(({ service }) => service))],
    cut: largest.length > spans.length,
    traces: byTrace.size,
  };
}

function spansOf({ fields }: Frame): Span[] {
  const named = new Map(fields.map((field) => [field.name.toLowerCase(), field]));
  const field = (...names: string[]) => names.map((name) => named.get(name)).find(Boolean);
  const id = field('spanid');
  const start = field('starttime', 'start');
  if (!id || !start) return [];
  const parent = field('parentspanid', 'parentid');
  const trace = field('traceid');
  const name = field('operationname', 'name', 'spanname');
  const service = field('servicename', 'service');
  const took = field('duration');
  const status = field('statuscode', 'status');
  const tags = [field('tags'), field('servicetags')];
  return id.values.slice(0, MOST_SPANS + 1).map((_, row) => {
    const facts = tags.flatMap((one) => factsOf(one?.values[row]));
    return {
      id: textAt(id, row),
      parent: textAt(parent, row),
      trace: textAt(trace, row),
      name: visible(textAt(name, row)) || 'span',
      service: visible(textAt(service, row)),
      startMs: numberAt(start, row),
      tookMs: Math.max(0, numberAt(took, row)),
      failed: hasFailed(textAt(status, row), facts),
      facts,
    };
  });
}

const textAt = (field: Field | undefined, row: number): string => {
  const value = field?.values[row];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
const numberAt = (field: Field | undefined, row: number): number => {
  const value = Number(field?.values[row] ?? 0);
  return Number.isFinite(value) ? value : 0;
};

/** 2 is OpenTelemetry's code for an error; older spans say it by a tag. */
const hasFailed = (status: string, facts: readonly (readonly [string, string])[]) =>
  /^(2|error)$/i.test(status) ||
  facts.some(([name, value]) => name === 'error' && value === 'true');

/** Tags are a list of `{key, value}`, or an object, or the JSON of one of both. */
function factsOf(value: unknown): [string, string][] {
  const read = typeof value === 'string' ? tryJson(value) : value;
  if (Array.isArray(read))
    return (read as { key?: unknown; value?: unknown }[]).flatMap((one) =>
      typeof one?.key === 'string' ? [[one.key, wordsOf(one.value)] as [string, string]] : [],
    );
  return typeof read === 'object' && read !== null
    ? Object.entries(read).map(([name, one]) => [name, wordsOf(one)])
    : [];
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const wordsOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

function listOf<K, T>(lists: Map<K, T[]>, key: K): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

/** A span whose parent is not here is a root; of a circle, the span that began first. */
function treeOf(spans: readonly Span[]): Node[] {
  const ids = new Set(spans.map(({ id }) => id));
  const children = new Map<string, Span[]>();
  const roots: Span[] = [];
  for (const span of spans) {
    if (!span.parent || !ids.has(span.parent) || span.parent === span.id) roots.push(span);
    else listOf(children, span.parent).push(span);
  }
  const seen = new Set<Span>();
  const byStart = (a: Span, b: Span) => a.startMs - b.startMs || b.tookMs - a.tookMs;
  const nodeOf = (span: Span, depth: number): Node => {
    seen.add(span);
    const below = depth >= DEEPEST ? [] : (children.get(span.id) ?? []);
    const nodes = below
      .filter((child) => !seen.has(child))
      .sort(byStart)
      .map((child) => nodeOf(child, depth + 1));
    return { span, depth, children: nodes, ownMs: ownTime(span, nodes) };
  };
  const trees = roots.sort(byStart).map((root) => nodeOf(root, 0));
  const lost = spans.filter((span) => !seen.has(span)).sort(byStart);
  for (const span of lost) if (!seen.has(span)) trees.push(nodeOf(span, 0));
  return trees;
}

/** What is left of a span's time once that of its children, joined, is taken away. */
function ownTime({ startMs, tookMs }: Span, children: readonly Node[]): number {
  const end = startMs + tookMs;
  let covered = 0;
  let until = startMs;
  for (const { span } of children) {
    const from = Math.max(until, span.startMs);
    const to = Math.min(end, span.startMs + span.tookMs);
    if (to > from) covered += to - from;
    until = Math.max(until, Math.min(to, end));
  }
  return Math.max(0, tookMs - covered);
}

/** The rows that show, those below a folded one left out. */
export function rowsOf(roots: readonly Node[], folded: ReadonlySet<string>): Node[] {
  const rows: Node[] = [];
  const waiting = [...roots].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    rows.push(node);
    if (!folded.has(node.span.id))
      for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]!);
  }
  return rows;
}

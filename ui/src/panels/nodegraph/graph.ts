/** Nodes and edges from frames, laid out in layers from left to right. Knows no React. */
import { coloursByName, fixedColour } from '../../frames/colours';
import { displayText } from '../../frames/display';
import type { Field, Frame } from '../../frames/frame';
import { visible } from '../../format/visible';

export interface GraphNode {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly main: string;
  readonly second: string;
  readonly colour: string;
  /** Coloured shares of its rim, 0 to 1 each. */
  readonly arcs: readonly { readonly share: number; readonly colour: string }[];
}

export interface GraphEdge {
  readonly source: string;
  readonly target: string;
  readonly main: string;
  /** 1 to 6 pixels. */
  readonly thickness: number;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** How many nodes the answer had; more than are here where there were too many. */
  readonly all: number;
}

/** More than this nobody can follow. */
export const MOST_NODES = 200;
const MOST_EDGES = 1000;

const named = (frame: Frame, name: string): Field | undefined =>
  frame.fields.find((field) => field.name.toLowerCase() === name);

/** A frame is of edges where it has a source and a target; of nodes where it has an id. */
export function graphOf(frames: readonly Frame[]): Graph {
  const edges = frames
    .filter((frame) => named(frame, 'source') && named(frame, 'target'))
    .flatMap(edgesOf);
  const given = frames
    .filter((frame) => named(frame, 'id') && !named(frame, 'source'))
    .flatMap(nodesOf);
  const byId = new Map(given.map((node) => [node.id, node]));
  for (const { source, target } of edges)
    for (const id of [source, target]) if (!byId.has(id)) byId.set(id, bareNode(id));
  const nodes = coloured([...byId.values()]);
  const kept = nodes.length > MOST_NODES ? bestConnected(nodes, edges) : nodes;
  const ids = new Set(kept.map(({ id }) => id));
  return {
    nodes: kept,
    edges: edges
      .filter(({ source, target }) => ids.has(source) && ids.has(target))
      .slice(0, MOST_EDGES),
    all: nodes.length,
  };
}

const bareNode = (id: string): GraphNode => ({
  id,
  title: visible(id),
  subtitle: '',
  main: '',
  second: '',
  colour: '',
  arcs: [],
});

function nodesOf(frame: Frame): GraphNode[] {
  const id = named(frame, 'id')!;
  const arcs = frame.fields.filter(
    ({ name, type }) => name.startsWith('arc__') && type === 'number',
  );
  return id.values.map((_, row) => ({
    id: wordsAt(id, row),
    title: wordsAt(named(frame, 'title'), row) || wordsAt(id, row),
    subtitle: wordsAt(named(frame, 'subtitle'), row),
    main: wordsAt(named(frame, 'mainstat'), row),
    second: wordsAt(named(frame, 'secondarystat'), row),
    colour: colourAt(named(frame, 'color'), row),
    arcs: arcs.map((arc) => ({
      share: Math.max(0, Math.min(1, Number(arc.values[row] ?? 0) || 0)),
      colour: fixedColour(arc.config?.color?.fixedColor ?? 'blue'),
    })),
  }));
}

function edgesOf(frame: Frame): GraphEdge[] {
  const source = named(frame, 'source')!;
  const target = named(frame, 'target')!;
  const thickness = named(frame, 'thickness');
  return source.values.map((_, row) => ({
    source: wordsAt(source, row),
    target: wordsAt(target, row),
    main: wordsAt(named(frame, 'mainstat'), row),
    thickness: Math.max(1, Math.min(6, Number(thickness?.values[row] ?? 1.5) || 1.5)),
  }));
}

function wordsAt(field: Field | undefined, row: number): string {
  const value = field?.values[row];
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'string')
    return visible(displayText(value, field?.config));
  return '';
}

/** Only a colour by name or in hex: a number would need a scale. */
function colourAt(field: Field | undefined, row: number): string {
  const value = field?.values[row];
  return typeof value === 'string' && /^(#[0-9a-f]{3,8}|[a-z-]+)$/i.test(value)
    ? fixedColour(value)
    : '';
}

function coloured(nodes: readonly GraphNode[]): GraphNode[] {
  const own = coloursByName(nodes.map(({ title }) => title));
  return nodes.map((node, i) => ({ ...node, colour: node.colour || own[i]! }));
}

function bestConnected(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[] {
  const degree = new Map<string, number>();
  for (const { source, target } of edges)
    for (const id of [source, target]) degree.set(id, (degree.get(id) ?? 0) + 1);
  const most = new Set(
    [...nodes]
      .sort((a, b) => (degree.get(b.id) ?? 0) - (degree.get(a.id) ?? 0))
      .slice(0, MOST_NODES),
  );
  return nodes.filter((node) => most.has(node));
}

export interface Placed {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
}

export interface Layout {
  readonly nodes: readonly Placed[];
  readonly width: number;
  readonly height: number;
}

export const NODE = { width: 132, height: 40, apartX: 70, apartY: 18 };

/** Callers left of whom they call; within a layer near their neighbours. Circles are cut where they close. */
export function laidOut({ nodes, edges }: Graph): Layout {
  const layers = orderedLayers(nodes, edges);
  const tallest = Math.max(1, ...layers.map((layer) => layer.length));
  const height = tallest * (NODE.height + NODE.apartY);
  const placed = layers.flatMap((layer, column) => {
    const apart = height / layer.length;
    return layer.map((node, row): Placed => ({
      node,
      x: column * (NODE.width + NODE.apartX) + NODE.width / 2,
      y: (row + 0.5) * apart,
    }));
  });
  const width = layers.length * (NODE.width + NODE.apartX) - NODE.apartX;
  return { nodes: placed, width: Math.max(width, NODE.width), height };
}

const SWEEPS = 4;

function orderedLayers(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphNode[][] {
  const depth = depths(nodes, edges);
  const layers: GraphNode[][] = [];
  for (const node of nodes) (layers[depth.get(node.id)!] ??= []).push(node);
  let all = layers.filter(Boolean);
  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { source, target } of edges) {
    neighbours.get(source)?.push(target);
    neighbours.get(target)?.push(source);
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const place = new Map(
      all.flatMap((layer) => layer.map((node, i) => [node.id, (i + 0.5) / layer.length] as const)),
    );
    const middle = ({ id }: GraphNode) => {
      const near = neighbours.get(id)!;
      return near.length
        ? near.reduce((sum, other) => sum + place.get(other)!, 0) / near.length
        : place.get(id)!;
    };
    all = all.map((layer) =>
      layer
        .map((node) => ({ node, at: middle(node) }))
        .sort((a, b) => a.at - b.at)
        .map(({ node }) => node),
    );
  }
  return all;
}

/** How far each node is from the first callers, by the longest way; an edge that closes a circle counts for nothing. */
function depths(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Map<string, number> {
  const out = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  const into = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  for (const { source, target } of edges) {
    if (source === target) continue;
    out.get(source)!.push(target);
    into.set(target, into.get(target)! + 1);
  }
  const depth = new Map<string, number>(nodes.map(({ id }) => [id, 0]));
  const left = new Set(nodes.map(({ id }) => id));
  while (left.size > 0) {
    const ids = [...left];
    const id =
      ids.find((one) => into.get(one) === 0) ??
      ids.reduce((best, one) => (into.get(one)! < into.get(best)! ? one : best));
    left.delete(id);
    for (const target of out.get(id)!) {
      if (!left.has(target)) continue;
      depth.set(target, Math.max(depth.get(target)!, depth.get(id)! + 1));
      into.set(target, into.get(target)! - 1);
    }
  }
  return depth;
}

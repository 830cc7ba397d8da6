/** How often values fall into which bucket. In: raw values, or the buckets of a classic histogram. Pure. */
import type { FieldConfig, Frame, NumberField } from '../../frames/frame';
import { numbersOf } from '../../frames/frame';
import { paintsOf } from '../chart/paint';

export interface Buckets {
  /** Edges from low to high, one more than there are buckets. */
  readonly edges: readonly number[];
  readonly series: readonly {
    readonly name: string;
    readonly colour: string;
    readonly counts: readonly number[];
  }[];
  readonly config: FieldConfig;
}

const COUNT = 30;
const MOST = 400;

const positive = (told: unknown): number | undefined => {
  const value = typeof told === 'string' && told !== '' ? Number(told) : told;
  return typeof value === 'number' && value > 0 ? value : undefined;
};

export function bucketsOf(
  frames: readonly Frame[],
  options: Readonly<Record<string, unknown>>,
): Buckets {
  const fields = frames.flatMap(numbersOf);
  const classic = fields.length > 1 && fields.every(({ labels }) => labels?.['le'] !== undefined);
  return classic ? fromBounds(fields) : fromValues(fields, options);
}

const finite = ({ values }: NumberField) =>
  values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));

function fromValues(
  fields: readonly NumberField[],
  { bucketSize, bucketCount, bucketOffset, combine }: Readonly<Record<string, unknown>>,
): Buckets {
  const config = fields[0]?.config ?? {};
  const all = fields.flatMap(finite);
  if (all.length === 0) return { edges: [], series: [], config };
  const low = all.reduce((a, b) => Math.min(a, b));
  const high = all.reduce((a, b) => Math.max(a, b));
  const wished = positive(bucketSize) ?? roundSize((high - low) / (positive(bucketCount) ?? COUNT));
  const size = Math.max(wished, (high - low) / MOST) || 1;
  const offset = Number(bucketOffset) || 0;
  const first = Math.floor((low - offset) / size);
  const count = Math.min(MOST + 1, Math.floor((high - offset) / size) - first + 1);
  const countOf = (values: readonly number[]) => {
    const counts = new Array<number>(count).fill(0);
    for (const value of values) {
      const at = Math.floor((value - offset) / size + 1e-9) - first;
      counts[Math.max(0, Math.min(count - 1, at))]!++;
    }
    return counts;
  };
  const paints = paintsOf(fields);
  return {
    config,
    edges: Array.from({ length: count + 1 }, (_, i) => (first + i) * size + offset),
    series:
      combine === true
        ? [{ name: 'all', colour: paints[0]!.colour, counts: countOf(all) }]
        : fields.map((field, i) => ({
            name: field.name,
            colour: paints[i]!.colour,
            counts: countOf(finite(field)),
          })),
  };
}

/** 1, 2, 2.5 or 5 times a power of ten, at or above. */
function roundSize(raw: number): number {
  if (!(raw > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(raw));
  return power * ([1, 2, 2.5, 5, 10].find((lead) => lead * power >= raw * 0.999) ?? 10);
}

/** A count that only rises is told by its last value; rates and increases of steps by their sum. */
function rises(field: NumberField): boolean {
  const values = finite(field);
  return values.every((value, i) => i === 0 || value >= values[i - 1]!);
}

/** Series with `le` count what lies at or below: the difference of two tells how many fell between. */
function fromBounds(fields: readonly NumberField[]): Buckets {
  const sums = new Map<number, number>();
  const sum = (field: NumberField) => finite(field).reduce((a, b) => a + b, 0);
  const totalIn = fields.every(rises) ? (field: NumberField) => finite(field).at(-1) ?? 0 : sum;
  for (const field of fields) {
    const le = field.labels?.['le'] === '+Inf' ? Infinity : Number(field.labels?.['le']);
    sums.set(le, (sums.get(le) ?? 0) + totalIn(field));
  }
  const bounds = [...sums.keys()].filter((le) => !Number.isNaN(le)).sort((a, b) => a - b);
  let reached = 0; // bounds that only some of the summed histograms have lie below those before them
  const counts = bounds.map((le) => {
    const own = Math.max(0, (sums.get(le) ?? 0) - reached);
    reached += own;
    return own;
  });
  const last = bounds.findLast(Number.isFinite) ?? 1;
  const before = bounds.filter(Number.isFinite).at(-2) ?? 0;
  const edges = [
    Math.min(0, bounds[0] ?? 0),
    ...bounds.map((le) => (Number.isFinite(le) ? le : last + (last - before))),
  ];
  return { edges, config: {}, series: [{ name: 'count', colour: 'var(--c1)', counts }] };
}

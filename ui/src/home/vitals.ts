/**
 * The signs of life of the machine, one row each: what is asked, how it is told. Asked as Server health asks, of
 * the same machine over the same window, so that the two never differ: what counts twice or is no disk is left out.
 */
import { bitRate, percent } from '../format';
import { texts } from '../app/texts';

/** Of which machine, and over which window rates are taken. */
export interface Place {
  /** Matchers that choose the machine; empty for all there are. */
  here: readonly string[];
  window: string;
}

export interface Vital {
  name: string;
  expr: (at: Place) => string;
  tell: (value: number) => string;
  /** What the number is of, under it. */
  of: string;
  /** The lowest end of its line. */
  min: number;
}

const words = texts.home.vitals;
const IDLE = 'mode=~"idle|iowait"';
const REAL_LINES =
  'device!~"lo|veth.*|docker.*|br-.*|virbr.*|cni.*|flannel.*|cali.*|ifb.*|tunl.*|tap.*"';
const REAL_SPACE = 'fstype!~"tmpfs|ramfs|fuse.*|nfs.*|cifs"';
/** A metric of the machine, with more matchers. */
const of = ({ here }: Place, metric: string, ...more: string[]) => {
  const matchers = [...here, ...more].join(',');
  return matchers ? `${metric}{${matchers}}` : metric;
};
const rate = (at: Place, metric: string, ...more: string[]) =>
  `rate(${of(at, metric, ...more)}[${at.window}])`;

/** Pressure of one resource, kept apart from the others by a label. */
const waiting = (at: Place, resource: string) =>
  `label_replace(${rate(at, `node_pressure_${resource}_waiting_seconds_total`)}, "of", "${resource}", "", "")`;

export const VITALS: readonly Vital[] = [
  {
    name: words.cpu,
    expr: (at) =>
      `1 - sum(${rate(at, 'node_cpu_seconds_total', IDLE)}) / sum(${rate(at, 'node_cpu_seconds_total')})`,
    tell: percent,
    of: words.cpuOf,
    min: 0,
  },
  {
    name: words.memory,
    expr: (at) => {
      const total = of(at, 'node_memory_MemTotal_bytes');
      return `sum(${total} - ${of(at, 'node_memory_MemAvailable_bytes')}) / sum(${total})`;
    },
    tell: percent,
    of: words.memoryOf,
    min: 0,
  },
  {
    name: words.waiting,
    expr: (at) =>
      `clamp_max(max(${waiting(at, 'cpu')} or ${waiting(at, 'io')} or ${waiting(at, 'memory')}), 1)`,
    tell: percent,
    of: words.waitingOf,
    min: 0,
  },
  {
    name: words.disk,
    expr: (at) => {
      const space = (what: string) => of(at, `node_filesystem_${what}_bytes`, REAL_SPACE);
      const used = `(${space('size')} - ${space('free')})`;
      return `max(${used} / (${used} + ${space('avail')}))`;
    },
    tell: percent,
    of: words.diskOf,
    min: 0,
  },
  {
    name: words.network,
    expr: (at) => {
      const bytes = (way: string) =>
        `sum(${rate(at, `node_network_${way}_bytes_total`, REAL_LINES)})`;
      return `(${bytes('receive')} + ${bytes('transmit')}) * 8`;
    },
    tell: bitRate,
    of: words.networkOf,
    min: 0,
  },
];

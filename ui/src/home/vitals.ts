/** The signs of life of the machine, one row each: what is asked, how it is told. */
import { bitRate, percent } from '../format';
import { texts } from '../app/texts';

export interface Vital {
  name: string;
  expr: string;
  tell: (value: number) => string;
  /** What the number is of, under it. */
  of: string;
  /** The lowest end of its line. */
  min: number;
}

const words = texts.home.vitals;
// as Server health asks, so that the two never differ: what counts twice or is no disk is left out
const IDLE = 'mode=~"idle|iowait"';
const REAL_LINES =
  'device!~"lo|veth.*|docker.*|br-.*|virbr.*|cni.*|flannel.*|cali.*|ifb.*|tunl.*|tap.*"';
const REAL_SPACE = 'fstype!~"tmpfs|ramfs|fuse.*|nfs.*|cifs"';
const SIZE = `node_filesystem_size_bytes{${REAL_SPACE}}`;
const FREE = `node_filesystem_free_bytes{${REAL_SPACE}}`;
const AVAILABLE = `node_filesystem_avail_bytes{${REAL_SPACE}}`;

/** Pressure of one resource, kept apart from the others by a label. */
const waiting = (resource: string) =>
  `label_replace(rate(node_pressure_${resource}_waiting_seconds_total[2m]), "of", "${resource}", "", "")`;

export const VITALS: readonly Vital[] = [
  {
    name: words.cpu,
    expr: `1 - sum(rate(node_cpu_seconds_total{${IDLE}}[2m])) / sum(rate(node_cpu_seconds_total[2m]))`,
    tell: percent,
    of: words.cpuOf,
    min: 0,
  },
  {
    name: words.memory,
    expr: 'sum(node_memory_MemTotal_bytes - node_memory_MemAvailable_bytes) / sum(node_memory_MemTotal_bytes)',
    tell: percent,
    of: words.memoryOf,
    min: 0,
  },
  {
    name: words.waiting,
    expr: `max(${waiting('cpu')} or ${waiting('io')} or ${waiting('memory')})`,
    tell: percent,
    of: words.waitingOf,
    min: 0,
  },
  {
    name: words.disk,
    expr: `max((${SIZE} - ${FREE}) / ((${SIZE} - ${FREE}) + ${AVAILABLE}))`,
    tell: percent,
    of: words.diskOf,
    min: 0,
  },
  {
    name: words.network,
    expr: `(sum(rate(node_network_receive_bytes_total{${REAL_LINES}}[2m])) + sum(rate(node_network_transmit_bytes_total{${REAL_LINES}}[2m]))) * 8`,
    tell: bitRate,
    of: words.networkOf,
    min: 0,
  },
];

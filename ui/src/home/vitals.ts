/** The signs of life of the machine, one row each: what is asked, how it is told. */
import { bytes, percent } from '../format';
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
const REAL_DISKS = 'fstype!~"tmpfs|devtmpfs|overlay|squashfs|ramfs|iso9660|fuse.*"';

export const VITALS: readonly Vital[] = [
  {
    name: words.cpu,
    expr: '1 - avg(rate(node_cpu_seconds_total{mode="idle"}[2m]))',
    tell: percent,
    of: words.cpuOf,
    min: 0,
  },
  {
    name: words.memory,
    expr: '1 - sum(node_memory_MemAvailable_bytes) / sum(node_memory_MemTotal_bytes)',
    tell: percent,
    of: words.memoryOf,
    min: 0,
  },
  {
    name: words.waiting,
    expr: 'max(rate(node_pressure_cpu_waiting_seconds_total[2m]) or rate(node_pressure_io_waiting_seconds_total[2m]) or rate(node_pressure_memory_waiting_seconds_total[2m]))',
    tell: percent,
    of: words.waitingOf,
    min: 0,
  },
  {
    name: words.disk,
    expr: `max(1 - node_filesystem_avail_bytes{${REAL_DISKS}} / node_filesystem_size_bytes{${REAL_DISKS}})`,
    tell: percent,
    of: words.diskOf,
    min: 0,
  },
  {
    name: words.network,
    expr: 'sum(rate(node_network_receive_bytes_total{device!="lo"}[2m])) + sum(rate(node_network_transmit_bytes_total{device!="lo"}[2m]))',
    tell: (value) => `${bytes(value)}/s`,
    of: words.networkOf,
    min: 0,
  },
];

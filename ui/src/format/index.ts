/** Numbers and times in words. Pure functions; the dashboards' own units come from Grafana's library. */
export { bitRate, bytes, compact, count, percent, significant } from './numbers';
export { tellPlainly } from './tell';
export type { Told, Teller } from './tell';
export { visible } from './visible';
export { ago, clock, duration, moment, zone } from './times';

/** Numbers and times in words. Pure functions; the dashboards' own units come from Grafana's library. */
export { bytes, compact, count, percent, significant } from './numbers';
export { tellPlainly } from './tell';
export type { Told, Teller } from './tell';
export { ago, clock, duration, moment, zone } from './times';

/** Every transformation this build knows, by its id in dashboard JSON. */
import type { DataFrame } from '@grafana/data';
import { GRAFANA } from './grafana';
import { OWN } from './own';

export type Json = Record<string, unknown>;
/** Throws `Refused` with the reason where it cannot be done. */
export type Transform = (frames: DataFrame[], options: Json) => DataFrame[];

export const TRANSFORMS: ReadonlyMap<string, Transform> = new Map([...GRAFANA, ...OWN]);

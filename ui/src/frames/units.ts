/**
 * Who tells numbers with their units. At first our own few units; the dashboards route brings Grafana's
 * whole table, so that a board reads the same. A field may have a teller of its own.
 */
import { tellPlainly, type Teller, type Told } from '../format';

export type { Teller, Told };

let teller: Teller = tellPlainly;

/** From now on numbers are told by this one. */
export function takeTeller(next: Teller): void {
  teller = next;
}

export const tell: Teller = (value, unit, decimals) => teller(value, unit, decimals);

/** What helps here: the server's words of switches are Prometheus' own, which Oriel does not have. */
import { texts } from '../app/texts';

export function remedyOf(message: string): string | undefined {
  const isSwitch = /\bexperimental\b/.test(message) && /\benabled\b/.test(message);
  return isSwitch ? texts.explore.experimentalRemedy : undefined;
}

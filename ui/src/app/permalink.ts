/** The address of what is on the screen, with the moment instead of "now", so that it shows the same tomorrow. */
import { getTime, rangeOf } from '../query';

export function permalink(): string {
  const url = new URL(window.location.href);
  const { fromMs, toMs } = rangeOf(getTime());
  url.searchParams.set('from', String(Math.round(fromMs)));
  url.searchParams.set('to', String(Math.round(toMs)));
  url.searchParams.delete('refresh');
  return url.href;
}

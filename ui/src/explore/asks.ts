/** What Explore asks, as its address carries it: `?q=up&q=rate(x[5m])&hide=B&view=table`. */

export type View = 'graph' | 'table';

export interface Ask {
  /** A, B, C...: its place in the address. */
  letter: string;
  expr: string;
  hidden: boolean;
}

export const MOST_ASKS = 6;

export function readAsks(params: URLSearchParams): { asks: Ask[]; view: View } {
  const hidden = new Set((params.get('hide') ?? '').split(','));
  const exprs = params.getAll('q').slice(0, MOST_ASKS);
  const asks = (exprs.length ? exprs : ['']).map((expr, i) => {
    const letter = letterOf(i);
    return { letter, expr, hidden: hidden.has(letter) };
  });
  return { asks, view: params.get('view') === 'table' ? 'table' : 'graph' };
}

/** Writes them over what the address held; time and the rest stay. */
export function writeAsks(
  params: URLSearchParams,
  { asks, view }: { asks: readonly Ask[]; view: View },
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ['q', 'hide', 'view']) next.delete(name);
  asks.forEach(({ expr }) => next.append('q', expr));
  const hidden = asks.flatMap((ask, i) => (ask.hidden ? [letterOf(i)] : []));
  if (hidden.length) next.set('hide', hidden.join(','));
  if (view === 'table') next.set('view', view);
  return next;
}

export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

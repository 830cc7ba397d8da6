import { useMemo } from 'react';
import { Link } from 'react-router';
import type { TargetsAnswer } from '../api/oriel';
import { texts } from '../app/texts';
import { Panel, Sparkline } from '../parts';
import {
  alignToStep,
  durationText,
  onSteps,
  rateWindow,
  stepFor,
  useInstantQuery,
  useRangeQuery,
  useTimeRange,
} from '../query';
import css from './home.module.css';
import { VITALS, type Vital } from './vitals';

const POINTS = 120; // as many as a stat of a dashboard asks for

/** The machine in five numbers, each with its line over the time range; a click asks it in Explore. */
export function Vitals({ targets }: { targets?: TargetsAnswer }) {
  const here = useMemo(() => hereOf(targets), [targets]);
  return (
    <Panel className={css.strip} label={texts.home.machine} flush>
      <ul>
        {VITALS.map((vital) => (
          <li key={vital.name}>
            <Tile vital={vital} here={here} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/**
 * The matchers of the machine that Oriel runs on, as its own collector labels it; all machines where that is
 * switched off. Null until it is known which: another question would be asked in vain.
 */
export function hereOf(targets: TargetsAnswer | undefined): readonly string[] | null {
  if (!targets) return null;
  const own = targets.targets.find(({ kind, pool }) => kind === 'COLLECTOR' && pool === 'node');
  return ['job', 'instance'].flatMap((name) => {
    const value = own?.labels[name];
    return value === undefined ? [] : [`${name}=${JSON.stringify(value)}`];
  });
}

/** The line over the range, and the number of now: as a stat of a dashboard asks. */
function Tile({ vital, here }: { vital: Vital; here: readonly string[] | null }) {
  const { name, tell, of, min } = vital;
  const { fromMs, toMs } = useTimeRange();
  const stepMs = stepFor(toMs - fromMs, POINTS);
  const window = durationText(rateWindow(stepMs));
  const expr = here ? vital.expr({ here, window }) : '';
  const ask = alignToStep(fromMs, toMs, stepMs);
  const { data } = useRangeQuery({ expr, ...ask });
  const { data: now, isPending } = useInstantQuery(expr, toMs);

  const [series] = data?.data ?? [];
  const values = series && onSteps(series, ask.startMs, ask.endMs, stepMs);
  const last = now?.data[0]?.value;
  return (
    <Link to={`/explore?${new URLSearchParams({ q: expr })}`}>
      <span className={css.label}>{name}</span>
      <b>{typeof last === 'number' ? tell(last) : isPending ? ' ' : texts.home.noData}</b>
      <span className={css.label}>{of}</span>
      {values && <Sparkline values={values} width={64} height={22} min={min} />}
    </Link>
  );
}

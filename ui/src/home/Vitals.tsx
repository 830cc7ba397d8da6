import { Link } from 'react-router';
import { texts } from '../app/texts';
import { Panel, Sparkline } from '../parts';
import { alignToStep, onSteps, useRangeQuery, useTimeRange } from '../query';
import css from './home.module.css';
import { VITALS, type Vital } from './vitals';

const POINTS = 60;
const FINEST_STEP_MS = 15_000;

/** The machine in five numbers, each with its line over the time range; a click asks it in Explore. */
export function Vitals() {
  return (
    <Panel className={css.strip} label={texts.home.machine} flush>
      <ul>
        {VITALS.map((vital) => (
          <li key={vital.name}>
            <Tile vital={vital} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Tile({ vital: { name, expr, tell, of, min } }: { vital: Vital }) {
  const { fromMs, toMs } = useTimeRange();
  const stepMs = Math.max(FINEST_STEP_MS, Math.ceil((toMs - fromMs) / POINTS / 5_000) * 5_000);
  const ask = alignToStep(fromMs, toMs, stepMs);
  const { data, isPending } = useRangeQuery({ expr, ...ask });

  const [series] = data?.data ?? [];
  const values = series && onSteps(series, ask.startMs, ask.endMs, stepMs);
  const last = values?.at(-1) ?? values?.at(-2); // the newest step may not be there yet
  return (
    <Link to={`/explore?${new URLSearchParams({ q: expr })}`}>
      <span className={css.label}>{name}</span>
      <b>{typeof last === 'number' ? tell(last) : isPending ? ' ' : texts.home.noData}</b>
      <span className={css.label}>{of}</span>
      {values && <Sparkline values={values} width={64} height={22} min={min} />}
    </Link>
  );
}

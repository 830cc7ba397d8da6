import { useMemo } from 'react';
import { texts } from '../../app/texts';
import { clock } from '../../format';
import { visible } from '../../format/visible';
import { Nothing, StateGlyph, type State } from '../../parts';
import type { PanelViewProps } from '../panel';
import { alertsOf, filtered, type Alert } from './alerts';
import css from './alertlist.module.css';

const words = texts.kinds.alerts;
const MOST = 20;

/** What fires and what waits for its time, worst first; where there are no rules, it says that. */
export default function AlertList({ frames, options, say, range, height }: PanelViewProps) {
  const all = useMemo(() => alertsOf(frames), [frames]);
  const { alerts, unread } = useMemo(
    () =>
      filtered(all, {
        name: textOf(options['alertName'], say),
        matchers: textOf(options['alertInstanceLabelFilter'], say),
        states: (options['stateFilter'] ?? {}) as Record<string, boolean>,
        order: Number(options['sortOrder']) || 3,
      }),
    [all, options, say],
  );
  if (frames.length === 0)
    return (
      <Nothing state="info" title={words.none} height={height}>
        {words.noneWhy}
      </Nothing>
    );
  if (alerts.length === 0)
    return (
      <Nothing state="ok" title={words.well} height={height}>
        {all.length > 0 && words.wellWhy(all.length)}
      </Nothing>
    );
  const most = Math.max(1, Number(options['maxItems']) || MOST);
  return (
    <div className={css.scroll} style={{ height }} tabIndex={0}>
      {unread && <p className={css.more}>{words.filterNot}</p>}
      <ul aria-label={words.list}>
        {alerts.slice(0, most).map((alert, i) => (
          <Row key={i} alert={alert} nowMs={range.toMs} />
        ))}
      </ul>
      {alerts.length > most && <p className={css.more}>{words.more(alerts.length - most)}</p>}
    </div>
  );
}

const textOf = (value: unknown, say: (text: string) => string) =>
  typeof value === 'string' ? say(value) : '';

function Row({ alert, nowMs }: { alert: Alert; nowMs: number }) {
  const labels = Object.entries(alert.labels)
    .map(([name, value]) => `${visible(name)}=${visible(value)}`)
    .join('  ');
  return (
    <li className={css.row}>
      <StateGlyph state={glyphOf(alert)} label={words[alert.state]} />
      <div>
        <b title={alert.name}>{visible(alert.name)}</b>
        {labels && <code title={labels}>{labels}</code>}
      </div>
      <small>
        {alert.state === 'pending' && words.pending}{' '}
        {alert.sinceMs !== null && <time>{words.since(clock(alert.sinceMs, nowMs))}</time>}
      </small>
    </li>
  );
}

const glyphOf = ({ state, severity }: Alert): State =>
  state === 'pending' ? 'pending' : /^(warn|info)/i.test(severity) ? 'warn' : 'crit';

import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useHost } from '../app/host';
import { usePage } from '../app/page';
import { readStored, store } from '../app/stored';
import { texts } from '../app/texts';
import type { About, Engine, TargetsAnswer } from '../api/oriel';
import { count, duration } from '../format';
import { Icon, Nothing, Panel, Sentence, StateGlyph, type IconName, type State } from '../parts';
import { useAbout, useDashboards, useEngine, useRefresh, useTargets } from '../query';
import { hasFailed, headline, jobState, nameOf, stateOf } from '../targets/health';
import css from './home.module.css';
import { Vitals } from './Vitals';

const words = texts.home;

/** Is all well, what first? As far as Oriel can know today: whether its sources answer. */
export function Home() {
  const { data: about } = useAbout();
  const host = useHost();
  usePage({ crumbs: [...(host ? [{ words: host }] : []), { words: texts.shell.home }] });
  const { data: targets, error } = useTargets();
  return (
    <>
      <Lead about={about} targets={targets} />
      <Vitals targets={targets} />
      <div className={css.columns}>
        <div className={css.column}>
          <NeedsYou targets={targets} />
          <Panel title={words.found} flush>
            {targets && <Jobs targets={targets} />}
            {!targets && !error && <Room lines={readStored('home.jobs', 2)} className={css.jobs} />}
            {!targets && error && (
              <Nothing state="missing" title={texts.targets.error} details={error.message} />
            )}
          </Panel>
        </div>
        <Next />
      </div>
    </>
  );
}

function Lead({ about, targets }: { about?: About; targets?: TargetsAnswer }) {
  const { nowMs } = useRefresh();
  const all = targets?.targets ?? [];
  const engine = useEngine();
  const { state, title } = withEngine(headline(all, nowMs), engine?.state);
  const watches = words.watches(about?.host ?? '');
  return (
    <Sentence state={state} title={all.length ? title : watches} changes>
      {about &&
        `${words.started(duration(Math.max(0, nowMs - about.startedMs)), about.version)} ${words.noAlertsYet}`}
    </Sentence>
  );
}

/** Targets that answer are half of it: what they say must be kept, too. */
function withEngine(said: { state: State; title: string }, engine?: Engine['state']) {
  const { title, state } = said;
  if (engine === 'full') return { state: 'crit' as const, title: texts.engine.headlineFull(title) };
  if (engine !== 'down') return said;
  return {
    state: state === 'crit' ? state : ('warn' as const),
    title: texts.engine.headline(title),
  };
}

function NeedsYou({ targets }: { targets?: TargetsAnswer }) {
  const { nowMs } = useRefresh();
  const all = targets?.targets ?? [];
  const failed = all.filter(hasFailed);
  if (failed.length === 0) return null;
  return (
    <Panel
      title={words.needs}
      unit={failed.length}
      right={<Link to="/targets">{words.allTargets}</Link>}
      flush
    >
      <ul className={css.needs}>
        {failed.slice(0, 8).map((target) => (
          <li key={target.id}>
            <Link to={`/targets?target=${encodeURIComponent(target.id)}`}>
              <StateGlyph state={stateOf(target)} />
              <b>{nameOf(target, all)}</b>
              <span>
                {target.lastGoodMs
                  ? duration(Math.floor((nowMs - target.lastGoodMs) / 60_000) * 60_000)
                  : texts.targets.never}
              </span>
              <p>{target.error}</p>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** As many empty lines as there were last time: what comes below stays where it is. */
function Room({ lines, className }: { lines: number; className?: string }) {
  return (
    <ul className={className} aria-hidden="true">
      {Array.from({ length: lines }, (_, i) => (
        <li key={i} />
      ))}
    </ul>
  );
}

function Jobs({ targets }: { targets: TargetsAnswer }) {
  const lines = targets.jobs.length;
  useEffect(() => store('home.jobs', lines), [lines]);
  if (targets.jobs.length === 0) {
    return <Nothing state="info" title={texts.targets.none} height={120} />;
  }
  return (
    <ul className={css.jobs}>
      {targets.jobs.map(({ job, kind, up, total, series, interval }) => (
        <li key={`${kind} ${job}`}>
          <StateGlyph state={jobState(targets, kind, job)} />
          <b>{job}</b>
          <span>
            {words.upOf(up, total)}, {words.every(duration(interval))}
          </span>
          <span>{words.series(count(series))}</span>
        </li>
      ))}
    </ul>
  );
}

const MOST_BOARDS = 3;

function Next() {
  const { data: dashboards } = useDashboards();
  const known = dashboards && Math.min(dashboards.length, MOST_BOARDS);
  useEffect(() => {
    if (known !== undefined) store('home.boards', known);
  }, [known]);
  const expected = dashboards ? 0 : readStored('home.boards', 1);
  return (
    <Panel title={words.next} flush>
      <ul className={css.next}>
        {Array.from({ length: expected }, (_, i) => (
          <li key={i} className={css.room} aria-hidden="true" />
        ))}
        {dashboards?.slice(0, MOST_BOARDS).map(({ uid, title, description }) => (
          <Step key={uid} icon="boards" to={`/d/${uid}`} title={title}>
            {description || words.boardWords}
          </Step>
        ))}
        <Step icon="explore" to="/explore" title={words.exploreTitle}>
          {words.exploreWords}
        </Step>
        <Step icon="targets" to="/targets" title={words.targetsTitle}>
          {words.targetsWords}
        </Step>
        <li>
          <div>
            <span className={css.mark}>
              <Icon name="plus" />
            </span>
            <b>{words.scrapeTitle}</b>
            <p>{words.scrapeWords}</p>
            <code className={css.command}>./oriel up --prometheus-config prometheus.yml</code>
          </div>
        </li>
      </ul>
    </Panel>
  );
}

function Step(props: { icon: IconName; to: string; title: string; children: ReactNode }) {
  const { icon, to, title, children } = props;
  return (
    <li>
      <Link to={to}>
        <span className={css.mark}>
          <Icon name={icon} />
        </span>
        <b>{title}</b>
        <p>{children}</p>
      </Link>
    </li>
  );
}

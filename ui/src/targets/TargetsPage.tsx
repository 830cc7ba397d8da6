import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Target, TargetsAnswer } from '../api/oriel';
import { useKeys } from '../app/keys';
import { useHost } from '../app/host';
import { usePage } from '../app/page';
import { texts } from '../app/texts';
import { Button, Loading, Nothing, Panel, Rich, Sentence } from '../parts';
import { useRefresh, useTargets } from '../query';
import { DroppedPanel, IntakePanel, SeriesLink } from './SidePanels';
import { TargetFacts } from './TargetFacts';
import { TargetTable } from './TargetTable';
import { groupsOf, hasFailed, headline, matches, nameOf, sentence, type Group } from './health';
import css from './targets.module.css';
import { useTookHistory } from './useTookHistory';

const words = texts.targets;

/** Every collector and target with its reason: why is there no data? */
export default function TargetsPage() {
  const host = useHost();
  usePage({ crumbs: [...(host ? [{ words: host }] : []), { words: words.title }] });
  const { data, error, refetch } = useTargets();

  if (data) return <Targets answer={data} />;
  if (!error) return <Loading height={300} />;
  return (
    <Nothing
      state="missing"
      title={words.error}
      details={error.message}
      height={240}
      action={<Button onClick={() => void refetch()}>{words.tryAgain}</Button>}
    />
  );
}

function Targets({ answer }: { answer: TargetsAnswer }) {
  const { nowMs, refreshNow } = useRefresh();
  const [search, setSearch] = useSearchParams();
  const filter = search.get('filter') ?? '';
  const history = useTookHistory();
  const groups = useMemo(() => filtered(groupsOf(answer), filter), [answer, filter]);
  const rows = groups.flatMap(({ targets }) => targets);
  const selected = select(answer.targets, search.get('target'));
  const { state, title } = headline(answer.targets, nowMs);

  const set = (name: string, value: string, replace: boolean) =>
    setSearch(
      (params) => {
        if (value) params.set(name, value);
        else params.delete(name);
        return params;
      },
      { replace },
    );
  const move = (step: number) => {
    const index = rows.findIndex(({ id }) => id === selected?.id);
    const next = rows[Math.max(0, Math.min(rows.length - 1, index + step))];
    if (next) set('target', next.id, true);
  };
  useKeys({ j: () => move(1), k: () => move(-1) });

  return (
    <>
      <Sentence
        state={state}
        title={title}
        actions={
          <Button icon="refresh" onClick={refreshNow}>
            {words.lookAgain}
          </Button>
        }
      >
        <Behind targets={answer.targets} />
      </Sentence>
      <div className={css.columns}>
        <Panel className={css.main} label={words.title} flush>
          <TargetTable
            groups={groups}
            nowMs={nowMs}
            history={history}
            filter={filter}
            onFilter={(text) => set('filter', text, true)}
            selected={selected?.id}
            onSelect={(id) => set('target', id, false)}
          />
        </Panel>
        <div className={css.side}>
          {selected && <TargetFacts target={selected} nowMs={nowMs} />}
          <DroppedPanel dropped={answer.dropped} />
          <IntakePanel intake={answer.intake} />
          <SeriesLink />
        </div>
      </div>
    </>
  );
}

/**
 * What stands behind the sentence: the error of the first that is silent and what helps. Where several are, the
 * sentence names none, so it is named here.
 */
function Behind({ targets }: { targets: readonly Target[] }) {
  if (targets.length === 0) return <Rich text={words.noneWhy} />;
  const failed = targets.filter(hasFailed);
  const [first] = failed;
  const waiting = targets.filter(({ health }) => health === 'UNKNOWN').length;
  return (
    <>
      {first && failed.length > 1 && <b>{nameOf(first, targets)}: </b>}
      {first?.error && <>{sentence(first.error)} </>}
      {first?.remedy && <>{sentence(first.remedy)} </>}
      {waiting > 0 && words.unknown(waiting)}
    </>
  );
}

/** What was chosen; without a choice the first that needs somebody, else the first. */
function select(targets: readonly Target[], chosen: string | null): Target | undefined {
  return targets.find(({ id }) => id === chosen) ?? targets.find(hasFailed) ?? targets[0];
}

function filtered(groups: readonly Group[], filter: string): Group[] {
  if (filter.trim() === '') return [...groups];
  return groups
    .map((group) => ({
      ...group,
      targets: group.targets.filter((target) => matches(target, filter.trim())),
    }))
    .filter(({ targets }) => targets.length > 0);
}

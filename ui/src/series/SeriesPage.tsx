import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { fetchCardinality, type Cardinality, type Counted } from '../api/cardinality';
import { useHost } from '../app/host';
import { usePage } from '../app/page';
import { texts } from '../app/texts';
import { ago, count, visible } from '../format';
import { Button, Filter, Loading, Meter, Nothing, Panel, Rich, Sentence } from '../parts';
import { useEngine, useRefresh } from '../query';
import { headline, matching, queryOf } from './budget';
import { JobTable } from './JobTable';
import css from './series.module.css';

const words = texts.series;

/** What fills the metrics store: by job beside its budget, by metric, by label, by value. */
export default function SeriesPage() {
  const host = useHost();
  usePage({ crumbs: [...(host ? [{ words: host }] : []), { words: words.title }] });
  const { data, error, refetch, dataUpdatedAt } = useQuery({
    queryKey: ['cardinality'],
    queryFn: ({ signal }) => fetchCardinality(signal),
    meta: { live: true },
  });
  const { nowMs } = useRefresh();
  const engine = useEngine();

  if (data) {
    const stale = error ? words.stale(ago(dataUpdatedAt, nowMs), error.message) : undefined;
    return <Series all={data} stale={stale} onAgain={() => void refetch()} />;
  }
  if (!error) return <Loading height={300} />;
  return (
    <Nothing
      state="missing"
      title={engine ? words.errorThere : words.error}
      details={error.message}
      height={240}
      action={<Button onClick={() => void refetch()}>{words.tryAgain}</Button>}
    />
  );
}

function Series(props: { all: Cardinality; stale?: string; onAgain: () => void }) {
  const { all, stale, onAgain } = props;
  const [search, setSearch] = useSearchParams();
  const filter = search.get('filter') ?? '';
  const { state, title, behind } = headline(all);
  const onFilter = (text: string) =>
    setSearch(
      (params) => {
        if (text) params.set('filter', text);
        else params.delete('filter');
        return params;
      },
      { replace: true },
    );
  const lists = { filter, stale };
  return (
    <>
      <Sentence
        state={state}
        title={title}
        actions={
          <Button icon="refresh" onClick={onAgain}>
            {words.lookAgain}
          </Button>
        }
      >
        <Rich text={behind} />
      </Sentence>
      <Panel className={css.filter} label={words.filter} flush>
        <Filter label={words.filter} value={filter} onChange={onFilter} />
      </Panel>
      {all.jobs && (
        <Panel title={words.jobs} unit={words.jobsUnit} warning={stale} className={css.jobs} flush>
          <JobTable jobs={matching(all.jobs, filter, ({ job }) => job)} filter={filter} />
        </Panel>
      )}
      <div className={css.lists}>
        <Top {...lists} kind="metrics" rows={all.metrics} unit={words.series} />
        <Top {...lists} kind="labels" rows={all.labels} unit={words.values} />
        <Top {...lists} kind="pairs" rows={all.pairs} unit={words.series} />
      </div>
    </>
  );
}

interface TopProps {
  kind: 'metrics' | 'labels' | 'pairs';
  rows: readonly Counted[];
  unit: string;
  filter: string;
  stale?: string;
}

/** The largest of one kind; each row asks about itself in Explore. */
function Top({ kind, rows, unit, filter, stale }: TopProps) {
  const shown = matching(rows, filter, ({ name }) => name);
  const most = rows[0]?.count ?? 0;
  return (
    <Panel title={words.top[kind]} unit={unit} warning={stale} label={words.top[kind]} flush>
      {shown.length === 0 && (
        <Nothing title={filter ? words.nothingMatches(filter) : words.nothingHere} height={120} />
      )}
      <ol className={css.top}>
        {shown.map(({ name, count: amount }) => (
          <li key={name}>
            <Link
              to={`/explore?${new URLSearchParams({ q: queryOf(kind, name) })}`}
              title={visible(name)}
            >
              <code>{visible(name)}</code>
              <Meter share={most ? amount / most : 0} width={60} />
              <b>{count(amount)}</b>
            </Link>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

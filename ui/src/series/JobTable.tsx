import { Link } from 'react-router';
import type { JobSeries } from '../api/cardinality';
import { texts } from '../app/texts';
import { count, visible } from '../format';
import { Meter, Nothing, StateGlyph, tableCss, usePhone } from '../parts';
import { byNeed, queryOf, stateOf } from './budget';
import css from './series.module.css';

const words = texts.series;

/** Each job beside its budget, the nearest to its end on top. */
export function JobTable({ jobs, filter }: { jobs: readonly JobSeries[]; filter: string }) {
  const phone = usePhone();
  if (jobs.length === 0)
    return <Nothing title={filter ? words.nothingMatches(filter) : words.noJobs} height={90} />;
  return (
    <table className={`${tableCss.table} ${css.table}`}>
      <thead>
        <tr>
          <th>{words.columns.job}</th>
          {!phone && <th>{words.columns.used}</th>}
          <th className={tableCss.r}>{words.columns.series}</th>
          <th className={tableCss.r}>{words.columns.budget}</th>
          {!phone && <th className={tableCss.r}>{words.columns.created}</th>}
          {!phone && <th className={tableCss.r}>{words.columns.refused}</th>}
          {!phone && <th>{words.columns.grows}</th>}
        </tr>
      </thead>
      <tbody>
        {byNeed(jobs).map((job) => (
          <Row key={job.job} job={job} phone={phone} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ job: all, phone }: { job: JobSeries; phone: boolean }) {
  const { job, series, budget, created, refused, growing } = all;
  const state = stateOf(all);
  const judged = state === 'ok' ? undefined : state;
  return (
    <tr>
      <td>
        <Link
          className={css.job}
          to={`/explore?${new URLSearchParams({ q: queryOf('job', job) })}`}
        >
          <StateGlyph state={state} label={words.states[state]} />
          <span>{visible(job)}</span>
        </Link>
      </td>
      {!phone && (
        <td>
          <Meter share={series / (budget || 1)} state={judged} />
        </td>
      )}
      <td className={`${tableCss.r} ${judged ? css[judged] : ''}`}>{count(series)}</td>
      <td className={`${tableCss.r} ${css.quiet}`}>{count(budget)}</td>
      {!phone && <td className={`${tableCss.r} ${css.quiet}`}>{count(created)}</td>}
      {!phone && (
        <td className={`${tableCss.r} ${refused > 0 ? css.crit : css.quiet}`}>{count(refused)}</td>
      )}
      {!phone && (
        <td className={css.quiet}>
          {growing ? words.growsShort(visible(growing.label), count(growing.newValues)) : '–'}
        </td>
      )}
    </tr>
  );
}

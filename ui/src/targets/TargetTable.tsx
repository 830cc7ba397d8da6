import { Fragment } from 'react';
import type { Target } from '../api/oriel';
import { texts } from '../app/texts';
import { ago, count, duration } from '../format';
import {
  Button,
  Filter,
  Nothing,
  Rich,
  rowsCss,
  Sparkline,
  Spoken,
  StateGlyph,
  tableCss,
  usePhone,
} from '../parts';
import { hasFailed, sentence, stateOf, type Group } from './health';
import css from './targets.module.css';
import type { TookHistory } from './useTookHistory';

const words = texts.targets;

interface TableProps {
  groups: readonly Group[];
  nowMs: number;
  history: TookHistory;
  filter: string;
  onFilter: (text: string) => void;
  selected?: string;
  onSelect: (id: string) => void;
}

/** All targets by group; the error and its remedy stand under the row they are about. */
export function TargetTable(props: TableProps) {
  const { groups, nowMs, history, filter, onFilter, selected, onSelect } = props;
  const phone = usePhone();
  return (
    <>
      <Filter label={words.filter} value={filter} onChange={onFilter} />
      {groups.length === 0 ? (
        <Nothing
          title={filter ? words.nothingMatches(filter) : words.none}
          height={140}
          action={filter && <Button onClick={() => onFilter('')}>{words.clearFilter}</Button>}
        />
      ) : (
        <table className={`${tableCss.table} ${css.table}`}>
          <thead>
            <tr>
              <th>{words.columns.target}</th>
              {!phone && <th>{words.columns.where}</th>}
              {!phone && <th className={tableCss.r}>{words.columns.last}</th>}
              <th className={tableCss.r}>{words.columns.took}</th>
              {!phone && (
                <th>
                  <Spoken>{words.columns.lately}</Spoken>
                </th>
              )}
              <th className={tableCss.r}>{words.columns.samples}</th>
            </tr>
          </thead>
          {groups.map((group) => (
            <tbody key={group.name}>
              <GroupHead group={group} phone={phone} />
              {group.targets.map((target) => (
                <Row
                  key={target.id}
                  target={target}
                  phone={phone}
                  nowMs={nowMs}
                  took={history.tookOf(target.labels)}
                  selected={target.id === selected}
                  onSelect={() => onSelect(target.id)}
                />
              ))}
            </tbody>
          ))}
        </table>
      )}
    </>
  );
}

function GroupHead({ group, phone }: { group: Group; phone: boolean }) {
  const { name, collectors, intervalMs, up, total, series } = group;
  const every = duration(intervalMs);
  return (
    <tr className={css.group}>
      <th colSpan={phone ? 1 : 2} scope="rowgroup" className={rowsCss.head}>
        <b>{name}</b>
        {!phone && <span>{collectors ? words.builtIn(every) : words.every(every)}</span>}
      </th>
      <td colSpan={phone ? 2 : 4} className={`${rowsCss.head} ${tableCss.r}`}>
        <span>{up === total ? words.allUp(total) : words.someUp(up, total)}</span>
        {series !== undefined && <b>{words.series(count(series))}</b>}
      </td>
    </tr>
  );
}

interface RowProps {
  target: Target;
  phone: boolean;
  nowMs: number;
  took?: (number | null)[];
  selected: boolean;
  onSelect: () => void;
}

function Row({ target, phone, nowMs, took, selected, onSelect }: RowProps) {
  const { health, where, lastMs, tookNanos, samples } = target;
  const failed = hasFailed(target);
  const said = { UP: words.up, DOWN: words.down, UNKNOWN: words.waiting }[health];
  const look = `${selected ? `${tableCss.selected} ${css.chosen}` : ''} ${failed ? css.failed : ''}`;
  return (
    <Fragment>
      <tr className={look} onClick={onSelect}>
        <td>
          <button type="button" className={css.name} aria-pressed={selected}>
            <StateGlyph state={stateOf(target)} label={said} />
            <span className={rowsCss.clipped}>{target.name}</span>
          </button>
        </td>
        {!phone && (
          <td className={`${rowsCss.clipped} ${css.where}`} title={where}>
            {/^https?:/.test(where) ? <code>{shortWhere(where)}</code> : where}
          </td>
        )}
        {!phone && (
          <td className={`${tableCss.r} ${css.quiet}`}>{lastWords(lastMs, failed, nowMs)}</td>
        )}
        <td className={tableCss.r}>
          {tookNanos && health !== 'UNKNOWN' ? duration(tookNanos / 1e6) : '–'}
        </td>
        {!phone && (
          <td className={css.spark}>
            {took ? <Sparkline values={took} min={0} /> : <span>{failed ? words.noData : ''}</span>}
          </td>
        )}
        <td className={tableCss.r}>
          {health === 'UP' ? (
            count(samples ?? 0)
          ) : (
            <span className={css.faint}>{words.noData}</span>
          )}
        </td>
      </tr>
      {failed && (
        <tr className={`${look} ${css.why}`} onClick={onSelect}>
          <td colSpan={phone ? 3 : 6}>
            <Why target={target} />
          </td>
        </tr>
      )}
    </Fragment>
  );
}

function Why({ target: { error, remedy, failuresInARow } }: { target: Target }) {
  return (
    <p>
      {sentence(`${(error ?? '').replace(/\.$/, '')}${words.failures(failuresInARow)}`)}{' '}
      {remedy && (
        <span className={css.remedy}>
          <Rich text={sentence(remedy)} />
        </span>
      )}
    </p>
  );
}

function lastWords(lastMs: number | null, failed: boolean, nowMs: number): string {
  if (!lastMs) return words.notAsked;
  const when = ago(lastMs, Math.max(nowMs, lastMs));
  return failed ? words.failedAt(when) : when;
}

/** Without the scheme that nearly all share, and without the path that nearly all share. */
function shortWhere(url: string): string {
  return url.replace(/^http:\/\//, '').replace(/\/metrics$/, '');
}

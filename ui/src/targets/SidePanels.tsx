import { Link } from 'react-router';
import type { DroppedTarget, IntakeCount } from '../api/oriel';
import { texts } from '../app/texts';
import { count } from '../format';
import { Panel } from '../parts';
import css from './targets.module.css';

const words = texts.targets;
const SHOWN = 20;

/** What was found and left out, and by which rule. */
export function DroppedPanel({ dropped }: { dropped: readonly DroppedTarget[] }) {
  return (
    <Panel title={words.dropped} unit={dropped.length}>
      {dropped.length === 0 && <p className={css.calm}>{words.droppedNone}</p>}
      <ul className={css.list}>
        {dropped.slice(0, SHOWN).map(({ labels, reason }, i) => (
          <li key={i}>
            <b>{labels.__address__ ?? Object.values(labels)[0] ?? '?'}</b>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The way to what fills the store; on a phone the only one. */
export function SeriesLink() {
  return (
    <Link className={css.explore} to="/series">
      {words.whatFills}
    </Link>
  );
}

/** What intake repaired or dropped, by reason. */
export function IntakePanel({ intake }: { intake: readonly IntakeCount[] }) {
  const some = intake.some(({ count: amount }) => amount > 0);
  return (
    <Panel title={words.intake} unit={words.intakeUnit}>
      {!some && <p className={css.calm}>{words.intakeNone}</p>}
      <ul className={css.list}>
        {(some ? intake : []).map(({ reason, words: says, count: amount }) => (
          <li key={reason} className={css.counted}>
            <span title={reason}>{says ? capital(says) : reason}</span>
            <b className={amount > 0 ? css.some : css.faint}>{count(amount)}</b>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import { texts } from '../app/texts';
import { StateGlyph } from '../parts';
import type { Place } from './explained';
import css from './notes.module.css';
import type { Note } from './notes';

const words = texts.explore;
const MOST = 10; // of one answer; the rest is counted

export interface Noted {
  index: number;
  letter: string;
  expr: string;
  notes: readonly Note[];
}

interface NotesProps {
  all: readonly Noted[];
  onPoint: (index: number, place: Place | null) => void;
  onChoose: (index: number, place: Place) => void;
}

/** Warnings and infos of the answers, each with the part of its query that it is about. */
export function Notes({ all, onPoint, onChoose }: NotesProps) {
  const shown = all.filter(({ notes }) => notes.length > 0);
  if (shown.length === 0) return null;
  return (
    <ul className={css.notes} aria-label={words.notes}>
      {shown.flatMap(({ index, letter, expr, notes }) => [
        ...notes.slice(0, MOST).map(({ kind, text, where, place }, i) => (
          <li key={`${letter}${i}`} className={css[kind]}>
            <StateGlyph state={kind === 'warning' ? 'warn' : 'info'} label={words[kind]} />
            <div>
              {all.length > 1 && <b className={css.letter}>{letter}</b>}
              <span>{text}</span>
              {place && (
                <button
                  type="button"
                  title={words.showPlace(where!)}
                  onPointerEnter={() => onPoint(index, place)}
                  onPointerLeave={() => onPoint(index, null)}
                  onFocus={() => onPoint(index, place)}
                  onBlur={() => onPoint(index, null)}
                  onClick={() => onChoose(index, place)}
                >
                  <code>{expr.slice(place.from, place.to)}</code> {words.atPlace(where!)}
                </button>
              )}
            </div>
          </li>
        )),
        ...(notes.length > MOST
          ? [
              <li key={`${letter}more`} className={css.more}>
                {words.notesMore(notes.length - MOST)}
              </li>,
            ]
          : []),
      ])}
    </ul>
  );
}

import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Explanation, QueryWord } from '../api/oriel';
import { texts } from '../app/texts';
import { Icon, Spoken } from '../parts';
import type { ErrorPlace } from './errorPlace';
import { readOut, type Place, type ReadPart, type ReadPiece } from './explained';
import css from './inWords.module.css';
import { remedyOf } from './remedy';
import { wordHelp } from './wordHelp';

const words = texts.explore;

interface InWordsProps {
  letter: string;
  /** What stands in the editor. */
  draft: string;
  explanation?: Explanation;
  /** What is wrong with the draft, where it can't be read. */
  problem?: ErrorPlace;
  failed: boolean;
  /** The words of the query language, for the help on a part. */
  known: readonly QueryWord[];
  onPoint: (place: Place | null) => void;
  onChoose: (place: Place) => void;
}

/**
 * The query as a sentence. A part that is pointed at, or gone to by the arrow keys, lights up here and
 * in the editor and shows what its function is for.
 */
export function InWords(props: InWordsProps) {
  const { draft, explanation, problem, failed } = props;
  const { query, part } = explanation ?? {};
  const shown = useMemo(
    () => (part && query !== undefined ? { query, ...readOut(query, part) } : undefined),
    [part, query],
  );
  return (
    <div className={css.box} data-lines={linesFor(draft)}>
      <Icon name="words" />
      {draft.trim() === '' ? (
        <p className={css.quiet}>{words.inWordsEmpty}</p>
      ) : problem ? (
        <p className={css.quiet}>
          {words.notYet(problem.line, problem.column, problem.reason)} {remedyOf(problem.reason)}
        </p>
      ) : failed ? (
        <p className={css.quiet}>{words.inWordsFailed}</p>
      ) : (
        shown && <Sentences {...props} {...shown} old={query !== draft} />
      )}
    </div>
  );
}

/** Room kept before the words are there, so that what stands below does not move: an estimate. */
function linesFor(draft: string): number {
  return draft.length < 50 ? 1 : draft.length < 140 ? 2 : 3;
}

interface SentencesProps extends InWordsProps {
  lines: ReturnType<typeof readOut>['lines'];
  parts: readonly ReadPart[];
  /** They are of a text that has changed since. */
  old: boolean;
}

function Sentences(props: SentencesProps) {
  const { letter, lines, parts, old, known, onPoint, onChoose } = props;
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const part = old || active === null ? undefined : parts[active];
  const word = part?.row === undefined ? undefined : known.find(({ name }) => name === part.row);

  useEffect(() => {
    onPoint(part ?? null);
    return () => onPoint(null);
  }, [part, onPoint]);

  const under = (target: EventTarget) => {
    const index = (target as Element).closest<HTMLElement>('[data-part]')?.dataset['part'];
    return index === undefined ? null : Number(index);
  };
  const onKey = (event: KeyboardEvent) => {
    const next = nextPart(event.key, active, parts.length);
    if (next !== undefined) {
      setActive(next);
      event.preventDefault();
    } else if (event.key === 'Enter' && part) {
      onChoose(part);
      event.preventDefault();
    }
  };

  return (
    <div
      ref={box}
      className={`${css.words} ${old ? css.old : ''}`}
      role="group"
      tabIndex={0}
      aria-label={words.inWordsLabel(letter)}
      onPointerOver={({ target }) => setActive(under(target))}
      onPointerLeave={() => setActive(null)}
      onFocus={({ currentTarget }) =>
        currentTarget.matches(':focus-visible') && setActive((now) => now ?? 0)
      }
      onBlur={() => setActive(null)}
      onKeyDown={onKey}
    >
      {lines.map(({ depth, label, piece }, i) => (
        <p key={i} className={css.line} style={{ marginLeft: depth * 16 }}>
          {i === 0 && <b className={css.head}>{words.inWords}</b>}
          {label && <span className={css.label}>{label}: </span>}
          <Read piece={piece} active={active} />
        </p>
      ))}
      {part && (
        <Spoken>
          <span role="status">
            {part.words}
            {word && `. ${word.signature}. ${word.doc}`}
          </span>
        </Spoken>
      )}
      {word && active !== null && <Help word={word} box={box} index={active} />}
    </div>
  );
}

/** Left and right go through the parts as they are read; Esc lets go. */
function nextPart(key: string, active: number | null, count: number): number | null | undefined {
  const now = active ?? -1;
  if (key === 'ArrowRight' || key === 'ArrowDown') return Math.min(count - 1, now + 1);
  if (key === 'ArrowLeft' || key === 'ArrowUp') return Math.max(0, now - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return key === 'Escape' && active !== null ? null : undefined;
}

function Read({ piece, active }: { piece: ReadPiece; active: number | null }) {
  if (piece.kind !== 'part') {
    return piece.kind === 'words' ? (
      piece.text
    ) : (
      <code className={css[piece.kind]}>{piece.text}</code>
    );
  }
  return (
    <span data-part={piece.index} className={piece.index === active ? css.active : undefined}>
      {piece.pieces.map((each, i) => (
        <Read key={i} piece={each} active={active} />
      ))}
    </span>
  );
}

interface HelpProps {
  word: QueryWord;
  box: { current: HTMLElement | null };
  index: number;
}

/** Floats below the part, so that nothing moves for it; on a narrow screen below all words. */
function Help({ word, box, index }: HelpProps) {
  const tip = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const words = box.current;
    const at = words?.querySelector(`[data-part="${index}"]`)?.getClientRects()[0];
    if (!words || !at || !tip.current) return;
    tip.current.replaceChildren(wordHelp(word));
    const { offsetWidth, offsetHeight, style } = tip.current;
    const bottom = words.getBoundingClientRect().bottom;
    const below = bottom + 4 + offsetHeight < window.innerHeight;
    style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - offsetWidth - 8))}px`;
    style.top = `${below ? bottom + 4 : Math.max(8, at.top - offsetHeight - 6)}px`;
  }, [word, box, index]);

  return <div ref={tip} className={css.help} aria-hidden="true" />;
}

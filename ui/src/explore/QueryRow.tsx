import { lazy, Suspense, useMemo } from 'react';
import type { ApiError } from '../api/client';
import { texts } from '../app/texts';
import { Button, IconButton, StateGlyph } from '../parts';
import type { Ask } from './asks';
import { placeOf, type ErrorPlace } from './errorPlace';
import css from './explore.module.css';

const Editor = lazy(() => import('./Editor'));
const words = texts.explore;

interface RowProps {
  ask: Ask;
  /** What stands in the editor, run or not. */
  draft: string;
  error?: ApiError | null;
  notes: readonly string[];
  lone: boolean;
  onDraft: (text: string) => void;
  onRun: () => void;
  onFocus: () => void;
  onHide: () => void;
  onRemove: () => void;
}

/** One query: its letter, the editor, what was wrong with it or should be known about it. */
export function QueryRow(props: RowProps) {
  const { ask, draft, error, notes, lone, onDraft, onRun, onFocus, onHide, onRemove } = props;
  const { letter, expr, hidden } = ask;
  // only while the text is still the one that was refused
  const place = useMemo(
    () => (error && draft === expr ? placeOf(error.message, expr) : undefined),
    [error, draft, expr],
  );
  return (
    <div className={css.query}>
      <div className={css.line}>
        <span className={`${css.letter} ${css[`letter${letter}`] ?? ''}`}>{letter}</span>
        <div className={css.editor}>
          <Suspense fallback={<code className={css.before}>{draft || ' '}</code>}>
            <Editor
              label={words.editor(letter)}
              value={draft}
              error={place}
              onChange={onDraft}
              onRun={onRun}
              onFocus={onFocus}
            />
          </Suspense>
        </div>
        <Button
          look={draft === expr ? 'plain' : 'primary'}
          icon="play"
          title={words.runHint}
          onClick={onRun}
        >
          {words.run}
        </Button>
        <IconButton
          look="ghost"
          icon={hidden ? 'eyeOff' : 'eye'}
          label={hidden ? words.show(letter) : words.hide(letter)}
          aria-pressed={hidden}
          onClick={onHide}
        />
        {!lone && (
          <IconButton look="ghost" icon="trash" label={words.remove(letter)} onClick={onRemove} />
        )}
      </div>
      {error && draft === expr && <Problem error={error} place={place} expr={expr} />}
      {notes.map((note) => (
        <p key={note} className={css.note}>
          <StateGlyph state="info" label={words.info} />
          {note}
        </p>
      ))}
    </div>
  );
}

/** What is wrong, in words, with the place marked in the text. */
function Problem({ error, place, expr }: { error: ApiError; place?: ErrorPlace; expr: string }) {
  return (
    <div className={css.problem} role="alert">
      <StateGlyph state={error.status === 0 ? 'missing' : 'crit'} label="" />
      <div>
        {place ? (
          <>
            <p>
              {words.atColumn(place.line, place.column)} <b>{place.reason}</b>
            </p>
            <code>
              {expr.slice(0, place.offset)}
              <mark>{expr.slice(place.offset, place.offset + 1) || ' '}</mark>
              {expr.slice(place.offset + 1)}
            </code>
          </>
        ) : (
          <p>
            <b>{error.message}</b>
          </p>
        )}
      </div>
    </div>
  );
}

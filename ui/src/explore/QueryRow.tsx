import { lazy, Suspense, useMemo, useState } from 'react';
import type { ApiError } from '../api/client';
import { texts } from '../app/texts';
import { useCalm } from '../app/useCalm';
import { Button, IconButton, StateGlyph } from '../parts';
import { useExplanation, useQueryWords } from '../query';
import type { Ask } from './asks';
import { placeOf, type ErrorPlace } from './errorPlace';
import type { Place } from './explained';
import css from './explore.module.css';
import { InWords } from './InWords';
import { remedyOf } from './remedy';

const Editor = lazy(() => import('./Editor'));
const words = texts.explore;
const CALM_MS = 200; // between keys

interface RowProps {
  ask: Ask;
  /** What stands in the editor, run or not. */
  draft: string;
  error?: ApiError | null;
  /** A part of the text that something else on the page points at, or went to. */
  pointed: Place | null;
  chosen?: Place;
  onChoose: (place: Place) => void;
  lone: boolean;
  onDraft: (text: string) => void;
  onRun: () => void;
  onFocus: () => void;
  onHide: () => void;
  onRemove: () => void;
}

/** One query: its letter, the editor, what it asks in words or what is wrong with it. */
export function QueryRow(props: RowProps) {
  const { ask, draft, error, lone, onDraft, onRun, onFocus, onHide, onRemove, onChoose } = props;
  const { letter, expr, hidden } = ask;
  const [own, setOwn] = useState<Place | null>(null); // pointed at in the words
  const { data: known = [] } = useQueryWords();
  const { explanation, failed, problem, current } = useWords(draft);
  // only while the text is still the one that was refused
  const refused = error && draft === expr ? error : undefined;
  const place = useMemo(
    () => (refused ? placeOf(refused.message, expr) : undefined),
    [refused, expr],
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
              error={place ?? (current ? problem : undefined)}
              words={known}
              marked={own ?? props.pointed}
              chosen={props.chosen}
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
      {refused && <Problem error={refused} place={place} expr={expr} />}
      {!place && (
        <InWords
          letter={letter}
          draft={draft}
          explanation={explanation}
          problem={problem}
          failed={failed}
          known={known}
          onPoint={setOwn}
          onChoose={onChoose}
        />
      )}
    </div>
  );
}

/** The words of what stands in the editor, once nobody types; or what is wrong with it. */
function useWords(draft: string) {
  const { data, isError } = useExplanation(useCalm(draft, CALM_MS));
  const problem = useMemo(
    () => (data?.problem === undefined ? undefined : placeOf(data.problem, data.query)),
    [data],
  );
  return { explanation: data, failed: isError, problem, current: data?.query === draft };
}

/** What is wrong, in words, with the place marked in the text. */
function Problem({ error, place, expr }: { error: ApiError; place?: ErrorPlace; expr: string }) {
  const remedy = remedyOf(error.message);
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
              <mark>{expr.slice(place.offset, place.end) || ' '}</mark>
              {expr.slice(place.end)}
            </code>
          </>
        ) : (
          <p>
            <b>{error.message}</b>
          </p>
        )}
        {remedy && <p>{remedy}</p>}
      </div>
    </div>
  );
}

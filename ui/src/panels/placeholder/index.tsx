import { lazy, Suspense, useState } from 'react';
import { texts } from '../../app/texts';
import { rowsOf } from '../../frames/frame';
import { visible } from '../../format/visible';
import { Button, Nothing } from '../../parts';
import type { PanelViewProps } from '../panel';
import css from '../unknown/unknown.module.css';

const Table = lazy(() => import('../table'));

const words = texts.kinds.placeholder;
const LINE_PX = 26;

/** A kind of panel that is known and not drawn: what it would be, calmly, and its data on request. */
export default function Placeholder(panel: PanelViewProps) {
  const { options, frames, height } = panel;
  const [asTable, setAsTable] = useState(false);
  const kind = typeof options['type'] === 'string' ? options['type'] : '';
  const what = Object.hasOwn(words.words, kind) ? words.words[kind]! : `“${visible(kind)}”`;
  const hasRows = frames.some((frame) => rowsOf(frame) > 0);
  if (asTable && hasRows) {
    return (
      <div style={{ height }}>
        <p className={css.line}>
          {words.notDrawn(what)}
          <button type="button" onClick={() => setAsTable(false)}>
            {words.hide}
          </button>
        </p>
        <Suspense fallback={null}>
          <Table {...panel} options={{}} height={Math.max(40, height - LINE_PX)} />
        </Suspense>
      </div>
    );
  }
  return (
    <Nothing
      title={words.notDrawn(what)}
      height={height}
      action={
        hasRows && (
          <Button small onClick={() => setAsTable(true)}>
            {words.show}
          </Button>
        )
      }
    >
      {hasRows ? words.why : words.noRows}
    </Nothing>
  );
}

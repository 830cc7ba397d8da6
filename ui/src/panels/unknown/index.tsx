import { lazy, Suspense } from 'react';
import { texts } from '../../app/texts';
import { visible } from '../../format/visible';
import { Nothing } from '../../parts';
import type { PanelViewProps } from '../panel';
import css from './unknown.module.css';

const Table = lazy(() => import('../table'));

const words = texts.kinds.unknown;
const LINE_PX = 26;

/** A panel of a kind that this build does not draw: its name, and its data as a table. */
export default function Unknown(panel: PanelViewProps) {
  const { options, frames, height } = panel;
  const kind = typeof options['type'] === 'string' ? options['type'] : '';
  const title = kind ? words.notDrawn(visible(kind)) : words.noKind;
  if (frames.length === 0) {
    return (
      <Nothing title={title} height={height}>
        {words.kept}
      </Nothing>
    );
  }
  return (
    <div style={{ height }}>
      <p className={css.line} title={title}>
        {title}. {words.asTable}
      </p>
      <Suspense fallback={null}>
        <Table {...panel} options={{}} height={Math.max(40, height - LINE_PX)} />
      </Suspense>
    </div>
  );
}

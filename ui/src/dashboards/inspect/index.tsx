import { lazy, Suspense, useMemo } from 'react';
import { texts } from '../../app/texts';
import { Button, CopyButton, Dialog, Loading, Segments } from '../../parts';
import type { PanelData } from '../ask';
import css from '../board.module.css';
import type { Panel } from '../model';
import type { InspectTab } from '../panelAddress';
import { csvOf } from './csv';
import { DataTable } from './DataTable';
import { Queries } from './Queries';
import { save } from './save';

const InWords = lazy(() => import('./InWords'));

const words = texts.dashboards.inspect;
const TABS = [
  ['data', words.data],
  ['query', words.query],
  ['words', words.words],
  ['json', words.json],
] as const satisfies readonly (readonly [InspectTab, string])[];

interface InspectProps {
  readonly panel: Panel;
  readonly title: string;
  readonly data: PanelData | undefined;
  readonly tab: InspectTab;
  readonly onTab: (tab: InspectTab) => void;
  readonly onClose: () => void;
}

/** A panel opened up: its data as a table, what it asked and what that means, its JSON. */
export default function Inspect({ panel, title, data, tab, onTab, onClose }: InspectProps) {
  const json = useMemo(() => JSON.stringify(panel.raw, null, 2), [panel]);
  const name = title || panel.type;
  return (
    <Dialog label={words.label(name)} onClose={onClose} wide>
      <header className={css.dialogHead}>
        <h2>{name}</h2>
        <Segments<InspectTab> label={words.what} value={tab} options={TABS} onChange={onTab} />
        <span className={css.grow} />
        {tab === 'data' && data && (
          <Button small icon="file" onClick={() => save(`${name}.csv`, csvOf(data.frames))}>
            CSV
          </Button>
        )}
        {tab === 'json' && <CopyButton text={json} label={words.copyJson} />}
        <Button small look="ghost" icon="close" onClick={onClose}>
          {words.close}
        </Button>
      </header>
      <div className={css.dialogBody} tabIndex={0}>
        {tab !== 'json' && !data && <Loading height={120} />}
        {tab === 'data' && data && <DataTable frames={data.frames} />}
        {tab === 'query' && data && <Queries data={data} />}
        {tab === 'words' && data && (
          <Suspense fallback={null}>
            <InWords questions={data.questions} />
          </Suspense>
        )}
        {tab === 'json' && <pre className={css.code}>{json}</pre>}
      </div>
    </Dialog>
  );
}

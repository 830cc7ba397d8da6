import { useMemo } from 'react';
import type { PanelViewProps } from '../panel';
import { stripLook } from './look';
import { rowsOf } from './states';
import { Strips } from './Strips';

/** What state each thing was in, and how long. */
export default function StateTimeline(panel: PanelViewProps) {
  const { frames, options, stepMs, range } = panel;
  const { fromMs, toMs } = range;
  const rows = useMemo(
    () => rowsOf(frames, { merge: options['mergeValues'] !== false, stepMs, fromMs, toMs }),
    [frames, options, stepMs, fromMs, toMs],
  );
  const look = useMemo(() => stripLook(panel.options, frames), [panel.options, frames]);
  return <Strips rows={rows} panel={panel} look={look} />;
}

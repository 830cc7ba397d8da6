import { useMemo } from 'react';
import type { PanelViewProps } from '../panel';
import { stripLook } from '../statetimeline/look';
import { rowsOf } from '../statetimeline/states';
import { Strips } from '../statetimeline/Strips';

/** A cell a step: what each thing was at each look, neighbours apart even where they are the same. */
export default function StatusHistory(panel: PanelViewProps) {
  const { frames, options, stepMs, range } = panel;
  const { fromMs, toMs } = range;
  const rows = useMemo(
    () => rowsOf(frames, { merge: false, stepMs, fromMs, toMs }),
    [frames, stepMs, fromMs, toMs],
  );
  const look = useMemo(() => {
    const wide = options['colWidth'];
    return {
      ...stripLook(options, frames),
      align: 'center' as const,
      wide: typeof wide === 'number' && wide > 0 && wide < 1 ? wide : 0.9,
    };
  }, [options, frames]);
  return <Strips rows={rows} panel={panel} look={look} />;
}

import { Nothing } from '../../parts';
import type { PanelViewProps } from '../panel';

/** A panel of a kind that this build does not draw: its name, and that nothing is lost. */
export default function Unknown({ options, height }: PanelViewProps) {
  const type = typeof options['type'] === 'string' && options['type'] ? options['type'] : 'no kind';
  return (
    <Nothing title={<>“{type}” is not drawn yet</>} height={height}>
      Its queries and its JSON are kept; the panel’s menu shows them.
    </Nothing>
  );
}

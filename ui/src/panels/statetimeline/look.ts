/** How strips look, by a panel's options. Knows no React. */
import type { PanelViewProps } from '../panel';
import type { StripLook } from './StripRow';

const ALIGN = new Set(['left', 'center', 'right']);
const SHOW = new Set(['auto', 'always', 'never']);
const share = (value: unknown, otherwise: number) =>
  typeof value === 'number' && value > 0 && value <= 1 ? value : otherwise;

/** The options that state timeline and status history have in common. */
export function stripLook(
  options: PanelViewProps['options'],
  frames: PanelViewProps['frames'],
): StripLook {
  const custom = frames[0]?.fields.find(({ type }) => type !== 'time')?.config?.custom ?? {};
  return {
    tall: share(options['rowHeight'], 0.9),
    wide: 1,
    showValue: pick(options['showValue'], SHOW, 'auto') as StripLook['showValue'],
    align: pick(options['alignValue'], ALIGN, 'left') as StripLook['align'],
    line: Math.min(4, Math.max(0, Number(custom['lineWidth']) || 0)),
    opacity: typeof custom['fillOpacity'] === 'number' ? custom['fillOpacity'] : 70,
  };
}

const pick = (value: unknown, of: ReadonlySet<string>, otherwise: string) =>
  typeof value === 'string' && of.has(value) ? value : otherwise;

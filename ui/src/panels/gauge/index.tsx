import { toneColour } from '../../frames/colours';
import { display, displayText, thresholdLines } from '../../frames/display';
import type { PanelViewProps } from '../panel';
import { contextOf, reduced, type Reduced } from '../values';
import css from './gauge.module.css';

const SWEEP = (240 * Math.PI) / 180;
const START = Math.PI / 2 + (2 * Math.PI - SWEEP) / 2;
const RADIUS = 44;

/** How far along its span a value is: an arc, its thresholds as ticks, the number inside. */
export default function Gauge({ frames, options, oriel, width, height }: PanelViewProps) {
  const all = reduced(frames, options, oriel.context);
  const context = contextOf(oriel.context, frames);
  const size = Math.max(60, Math.min(height / 0.86, width / Math.max(all.length, 1)));
  return (
    <div className={css.gauges} style={{ height }}>
      {all.map((one) => (
        <Arc
          key={`${one.refId} ${one.name}`}
          one={one}
          size={size}
          words={all.length > 1 ? one.name : context}
        />
      ))}
    </div>
  );
}

function Arc({ one, size, words }: { one: Reduced; size: number; words: string }) {
  const { value, config } = one;
  const low = config.min ?? 0;
  const high = config.max ?? (config.unit === 'percentunit' ? 1 : 100);
  const share = (at: number) => Math.max(0, Math.min(1, (at - low) / (high - low || 1)));
  const { prefix, text, unit, tone } = display(value, config);
  const label = `${one.name}: ${displayText(value, config)}, from ${displayText(low, config)} to ${displayText(high, config)}`;
  return (
    <svg viewBox="0 0 100 86" width={size} height={size * 0.86} role="img" aria-label={label}>
      <path className={css.track} d={arc(0, 1, RADIUS)} />
      {value !== null && !Number.isNaN(value) && (
        <path className={css.value} d={arc(0, share(value), RADIUS)} stroke={toneColour(tone)} />
      )}
      {thresholdLines(config).map((line) => (
        <path
          key={line.value}
          className={css.tick}
          d={tick(share(line.value))}
          stroke={toneColour(line.tone)}
        />
      ))}
      <text x="50" y="53" className={css.number}>
        {prefix}
        {text}
        <tspan className={css.unit}> {unit}</tspan>
      </text>
      <text x="50" y="78" className={css.words}>
        {words}
      </text>
    </svg>
  );
}

const point = (share: number, radius: number) => {
  const angle = START + share * SWEEP;
  return `${(50 + radius * Math.cos(angle)).toFixed(2)} ${(49 + radius * Math.sin(angle)).toFixed(2)}`;
};

function arc(from: number, to: number, radius: number): string {
  const large = (to - from) * SWEEP > Math.PI ? 1 : 0;
  return `M${point(from, radius)} A${radius} ${radius} 0 ${large} 1 ${point(to, radius)}`;
}

const tick = (share: number) => `M${point(share, RADIUS - 6)} L${point(share, RADIUS + 4)}`;

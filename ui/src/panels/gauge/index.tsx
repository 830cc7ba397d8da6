import type { CSSProperties } from 'react';
import { toneColour } from '../../frames/colours';
import { displayText, shareOf, spanOf, thresholdLines } from '../../frames/display';
import { paintAt } from '../../frames/paint';
import type { FieldConfig } from '../../frames/frame';
import { anchorOf } from '../anchor';
import { lookOf } from '../look';
import type { Link, PanelViewProps } from '../panel';
import { emsOf, fontFor, gridOf, orientationOf } from '../tiles';
import { contextOf, reduced, shownOf, withSpans, type Reduced } from '../values';
import { arc, MIDDLE, RADIUS, tick, wholeOf } from './arc';
import css from './gauge.module.css';

interface Options {
  orientation?: string;
  showThresholdMarkers?: boolean;
  showThresholdLabels?: boolean;
  minVizWidth?: number;
  minVizHeight?: number;
  sizing?: string;
  /** Grafana 12.3 and later: a full circle in place of an arc. */
  shape?: string;
  /** The value from which the arc begins, in place of the lowest. */
  neutral?: number;
  text?: { valueSize?: number; titleSize?: number };
}

const SHAPE = 1.15;
const NAME_PX = 18;

/** How far along its span a value is: an arc, its thresholds as marks, the number inside. */
export default function Gauge({ frames, options, oriel, width, height, links }: PanelViewProps) {
  const all = withSpans(reduced(frames, options, oriel.context), true);
  const context = contextOf(oriel.context, frames);
  const style = options as Options;
  const manual = style.sizing === 'manual';
  const least = {
    width: manual ? (style.minVizWidth ?? 75) : 75,
    height: manual ? (style.minVizHeight ?? 75) : 70,
  };
  const { columns, tile } = gridOf(
    all.length,
    { width, height },
    orientationOf(style.orientation),
    {
      shape: SHAPE,
      least,
    },
  );
  return (
    <div
      className={css.gauges}
      style={{
        height,
        gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
        gridAutoRows: tile.height,
      }}
      tabIndex={0}
      role="group"
      aria-label="Gauges"
    >
      {all.map((one, i) => (
        <Arc
          key={`${i} ${one.refId} ${one.name}`}
          one={one}
          index={i}
          box={tile}
          words={all.length > 1 ? one.name : context}
          style={style}
          link={one.field && links?.(one.field, one.row ?? one.field.values.length - 1)[0]}
        />
      ))}
    </div>
  );
}

interface ArcProps {
  readonly one: Reduced;
  readonly index: number;
  readonly box: { readonly width: number; readonly height: number };
  readonly words: string;
  readonly style: Options;
  readonly link: Link | undefined;
}

function Arc({ one, index, box, words, style, link }: ArcProps) {
  const { value, config } = one;
  const whole = wholeOf(style.shape === 'circle');
  const look = lookOf(shownOf(one), config, one.name, index);
  const { low, high } = spanOf(config);
  const share = (at: number) => Math.max(0, Math.min(1, shareOf(at, config)));
  const from = style.neutral ?? config.custom?.['neutral'];
  const start = typeof from === 'number' ? share(from) : 0;
  const label = `${one.name}: ${displayText(shownOf(one), config)}, from ${displayText(low, config)} to ${displayText(high, config)}`;
  const size = Math.min(box.width, (box.height - (words ? NAME_PX : 0)) / whole.height);
  const colour = look.judged ? toneColour(look.judged) : (look.colour?.fill ?? 'var(--c1)');
  const { prefix, text, unit } = look;
  const ems = emsOf(prefix + text) + emsOf(unit) * 0.55;
  const px = Math.min(fontFor(ems, 62, { least: 7, most: 19 }), style.text?.valueSize ?? 19);
  const drawn = (
    <svg
      viewBox={`0 0 100 ${whole.height * 100}`}
      width={size}
      height={size * whole.height}
      role="img"
      aria-label={label}
    >
      <path className={css.track} d={arc(whole, 0, 1)} />
      {value !== null && !Number.isNaN(value) && share(value) !== start && (
        <path
          className={css.value}
          d={arc(whole, Math.min(start, share(value)), Math.max(start, share(value)))}
          style={{ '--paint': colour } as CSSProperties}
        />
      )}
      {style.showThresholdMarkers !== false && <Marks config={config} whole={whole} />}
      {style.showThresholdLabels === true && <Labels config={config} whole={whole} />}
      <text
        x="50"
        y={MIDDLE + px * 0.28}
        className={look.known ? css.number : css.empty}
        style={{ fontSize: look.known ? px : 10 }}
      >
        {prefix}
        {text}
        {unit && <tspan className={css.unit}> {unit}</tspan>}
      </text>
    </svg>
  );
  return (
    <div className={css.one}>
      {link ? <a {...anchorOf(link)}>{drawn}</a> : drawn}
      {words && (
        <div className={css.words} title={words}>
          {words}
        </div>
      )}
    </div>
  );
}

/** The thresholds as a thin band along the outside, each stretch in its state's colour; or the scheme's. */
function Marks({ config, whole }: { config: FieldConfig; whole: ReturnType<typeof wholeOf> }) {
  const scheme = config.color?.mode ?? '';
  if (paintAt(scheme, 0)) {
    const parts = Array.from({ length: 12 }, (_, i) => i / 12);
    return parts.map((from) => (
      <path
        key={from}
        className={css.band}
        d={arc(whole, from, from + 1 / 12, RADIUS + 5.6)}
        style={{ '--paint': paintAt(scheme, from)?.fill } as CSSProperties}
      />
    ));
  }
  const lines = thresholdLines(config).map(({ value, tone }) => ({
    tone,
    at: Math.max(0, Math.min(1, shareOf(value, config))),
  }));
  return lines.flatMap(({ at, tone }, i) => {
    const to = lines[i + 1]?.at ?? 1;
    const colour = { '--paint': toneColour(tone) } as CSSProperties;
    const shown = tone === 'warn' || tone === 'crit';
    return [
      shown && to > at && (
        <path
          key={`b${i}`}
          className={css.band}
          d={arc(whole, at, to, RADIUS + 5.6)}
          style={colour}
        />
      ),
      at > 0 && at < 1 && (
        <path key={`t${i}`} className={css.tick} d={tick(whole, at)} style={colour} />
      ),
    ];
  });
}

function Labels({ config, whole }: { config: FieldConfig; whole: ReturnType<typeof wholeOf> }) {
  const { low, high } = spanOf(config);
  const values = [...new Set([low, ...thresholdLines(config).map(({ value }) => value), high])];
  return values
    .filter((value) => value >= low && value <= high)
    .map((value) => {
      const { x, y } = whole.point(shareOf(value, config), RADIUS - 9);
      return (
        <text key={value} x={x} y={y + 2} className={css.label}>
          {displayText(value, config).replace(/\u00a0.*/, '')}
        </text>
      );
    });
}

import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { shareOf } from '../../frames/logTicks';
import type { Axis } from './axes';
import css from './chart.module.css';
import { axisText, axisWidth } from './plot';

/** A place on the axis that is no clock: bars, buckets, numbers. */
export interface Tick {
  /** 0 to 1 along the axis. */
  readonly at: number;
  readonly text: string;
}

export interface Row {
  readonly name: string;
  readonly colour: string;
  readonly told: string;
}

interface PlaneProps {
  readonly width: number;
  readonly height: number;
  /** Of the values. */
  readonly axis: Axis;
  readonly ticks: readonly Tick[];
  /** Bars that lie: values go to the right, the ticks stand at the left. */
  readonly lying?: boolean;
  /** Room for the words at the left, where the bars lie. */
  readonly wordsPx?: number;
  readonly summary: string;
  /** How many places the cross-hair knows, and what each says. */
  readonly places: number;
  readonly placeAt: (share: number) => number;
  readonly head: (place: number) => string;
  readonly rows: (place: number) => readonly Row[];
  readonly children: (box: Inner) => ReactNode;
}

/** The plot within its axes, in pixels; `across` is where a value lies, from the axis' zero side. */
export interface Inner {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly across: (value: number) => number;
  readonly active: number | null;
}

const TOP = 6;
const BOTTOM = 19;
const RIGHT = 8;

/** Axes, grid, tooltip and keys for pictures in SVG whose cross-hair stands on places, not on times. */
export function Plane(props: PlaneProps) {
  const { width, height, axis, ticks, lying = false, summary, places, head, rows } = props;
  const [active, setActive] = useState<{
    place: number;
    x: number;
    y: number;
    key: boolean;
  } | null>(null);
  const left = lying ? (props.wordsPx ?? 0) : axis.show ? axisWidth(axis) : 4;
  const inner = {
    left,
    top: TOP,
    width: Math.max(10, width - left - RIGHT),
    height: Math.max(10, height - TOP - BOTTOM),
  };
  const length = lying ? inner.width : inner.height;
  const across = (value: number) => (shareOf(value, axis, axis.spread) ?? 0) * length;
  const along = (share: number) =>
    lying ? TOP + share * inner.height : left + share * inner.width;

  const onMove = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = lying
      ? (event.clientY - box.top - TOP) / inner.height
      : (event.clientX - box.left - left) / inner.width;
    const inside = share >= 0 && share <= 1 && places > 0;
    setActive(
      inside
        ? {
            place: clamp(props.placeAt(share), places),
            x: event.clientX,
            y: event.clientY,
            key: false,
          }
        : null,
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (event.key === 'Escape') setActive(null);
    if (by === undefined || places === 0) return;
    event.preventDefault();
    const place = clamp(active ? active.place + by : by > 0 ? 0 : places - 1, places);
    const box = event.currentTarget.getBoundingClientRect();
    setActive({ place, x: box.left + left + 20, y: box.top + TOP + 20, key: true });
  };
  const told = active ? rows(active.place) : [];

  return (
    <>
      <div
        className={css.plane}
        style={{ height }}
        role="img"
        aria-label={summary}
        tabIndex={0}
        onPointerMove={onMove}
        onPointerLeave={() => setActive(null)}
        onBlur={() => setActive(null)}
        onKeyDown={onKeyDown}
      >
        <svg width={width} height={height} aria-hidden="true">
          {axis.show &&
            axis.ticks.map((tick) => (
              <Grid
                key={tick}
                axis={axis}
                tick={tick}
                at={across(tick)}
                inner={inner}
                lying={lying}
              />
            ))}
          {ticks.map(({ at, text }, i) => (
            <text
              key={i}
              className={css.axisText}
              x={lying ? left - 7 : along(at)}
              y={lying ? along(at) + 4 : height - 5}
              textAnchor={lying ? 'end' : 'middle'}
            >
              {text}
            </text>
          ))}
          {props.children({ ...inner, across, active: active?.place ?? null })}
        </svg>
      </div>
      {active &&
        createPortal(
          <Tip x={active.x} y={active.y} title={head(active.place)} rows={told} />,
          document.body,
        )}
      <span className={css.spoken} aria-live="polite">
        {active?.key
          ? `${head(active.place)}: ${told.map(({ name, told: value }) => `${name} ${value}`).join(', ')}`
          : ''}
      </span>
    </>
  );
}

const clamp = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));

interface GridProps {
  readonly axis: Axis;
  readonly tick: number;
  readonly at: number;
  readonly inner: { left: number; top: number; width: number; height: number };
  readonly lying: boolean;
}

function Grid({ axis, tick, at, inner, lying }: GridProps) {
  const { left, top, width, height } = inner;
  const words = axisText(tick, axis.config, axis.step);
  const [x, y] = lying ? [left + at, top + height] : [left, top + height - at];
  return (
    <>
      <line
        className={css.gridLine}
        x1={lying ? x : left}
        x2={lying ? x : left + width}
        y1={lying ? top : y}
        y2={y}
      />
      <text
        className={css.axisText}
        x={lying ? x : left - 7}
        y={lying ? y + 14 : y + 4}
        textAnchor={lying ? 'middle' : 'end'}
      >
        {words}
      </text>
    </>
  );
}

const MOST_ROWS = 12;

function Tip({ x, y, title, rows }: { x: number; y: number; title: string; rows: readonly Row[] }) {
  const right = x + 240 < window.innerWidth;
  const low = Math.min(y - 10, window.innerHeight - 60 - 18 * Math.min(rows.length, MOST_ROWS));
  const style = {
    transform: `translate(${right ? x + 14 : x - 14}px, ${Math.max(8, low)}px) ${right ? '' : 'translateX(-100%)'}`,
  };
  return (
    <div className={css.tip} style={style}>
      <div className={css.tipHead}>{title}</div>
      <ul>
        {rows.slice(0, MOST_ROWS).map(({ name, colour, told }, i) => (
          <li key={i}>
            <i style={{ background: colour }} />
            <span>{name}</span>
            <b>{told}</b>
          </li>
        ))}
      </ul>
      {rows.length > MOST_ROWS && (
        <div className={css.tipFoot}>and {rows.length - MOST_ROWS} more</div>
      )}
    </div>
  );
}

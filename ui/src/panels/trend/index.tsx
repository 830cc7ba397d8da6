import { useMemo, useState } from 'react';
import { displayText } from '../../frames/display';
import { scaleOf, ticksOf } from '../../frames/ticks';
import { axisOfValues } from '../chart/axes';
import { LegendChips } from '../chart/Legend';
import { legendOptionsOf } from '../chart/legendOptions';
import { Plane } from '../chart/Plane';
import { axisText } from '../chart/plot';
import { plainLine } from '../chart/series';
import { Nothing } from '../../parts';
import type { PanelViewProps } from '../panel';
import { pathOf, trendOf } from './points';

const CHIPS_PX = 24;
const none: ReadonlySet<string> = new Set();

/** Lines over a number: a length, a load, a position. */
export default function TrendPanel({ title, options, frames, width, height }: PanelViewProps) {
  const [hidden, setHidden] = useState(none);
  const trend = useMemo(() => trendOf(frames, options), [frames, options]);
  if (!trend || trend.x.length === 0 || trend.series.length === 0)
    return (
      <Nothing title="A trend needs two columns of numbers" state="missing" height={height}>
        One of them, named by “xField”, is the axis below.
      </Nothing>
    );
  const { x, xConfig, xName } = trend;
  const series = trend.series.filter(({ name }) => !hidden.has(name));
  const chips = legendOptionsOf(options['legend']).shown && trend.series.length > 1;
  const inside = Math.max(40, height - (chips ? CHIPS_PX : 0));
  const axis = axisOfValues(
    series.flatMap(({ values }) => values),
    trend.series[0]!.config,
  );
  const [low, high] = [x[0]!, x.at(-1)!];
  const shareOfX = (value: number) => (high === low ? 0.5 : (value - low) / (high - low));
  const scale = scaleOf(low, high, xConfig.unit, { zero: false });
  const nearest = (share: number) =>
    x.reduce(
      (best, value, i) =>
        Math.abs(shareOfX(value) - share) < Math.abs(shareOfX(x[best]!) - share) ? i : best,
      0,
    );
  return (
    <div style={{ height }}>
      <Plane
        width={width}
        height={inside}
        axis={axis}
        ticks={ticksOf(scale)
          .filter((tick) => tick >= low && tick <= high)
          .map((tick) => ({ at: shareOfX(tick), text: axisText(tick, xConfig, scale.step) }))}
        summary={`${title}: ${series.map(({ name }) => name).join(', ')} over ${xName}, from ${displayText(low, xConfig)} to ${displayText(high, xConfig)}`}
        places={x.length}
        placeAt={nearest}
        head={(at) => `${xName} ${displayText(x[at] ?? null, xConfig)}`}
        rows={(at) =>
          series.map(({ name, colour, values, config }) => ({
            name,
            colour,
            told: displayText(values[at] ?? null, config),
          }))
        }
      >
        {({ left, top, width: wide, height: tall, across, active }) => (
          <>
            {active !== null && (
              <line
                x1={left + shareOfX(x[active]!) * wide}
                x2={left + shareOfX(x[active]!) * wide}
                y1={top}
                y2={top + tall}
                stroke="var(--t3)"
              />
            )}
            {series.map(({ name, colour, values }) => (
              <path
                key={name}
                d={pathOf(
                  values.map((value, i) =>
                    value === null
                      ? null
                      : [left + shareOfX(x[i]!) * wide, top + tall - across(value)],
                  ),
                )}
                fill="none"
                stroke={colour}
                strokeWidth={1.5}
                strokeLinecap="round"
              />
            ))}
          </>
        )}
      </Plane>
      {chips && (
        <LegendChips
          lines={trend.series.map((one) => plainLine(one))}
          hidden={hidden}
          onHide={setHidden}
          onLift={() => undefined}
          bare
        />
      )}
    </div>
  );
}

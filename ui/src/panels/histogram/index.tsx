import { useMemo, useState } from 'react';
import { displayText } from '../../frames/display';
import { axisOfValues } from '../chart/axes';
import { LegendChips } from '../chart/Legend';
import { legendOptionsOf } from '../chart/legendOptions';
import { Plane } from '../chart/Plane';
import { plainLine } from '../chart/series';
import type { PanelViewProps } from '../panel';
import { bucketsOf, type Buckets } from './buckets';

const CHIPS_PX = 24;
const TICK_PX = 64;
const none: ReadonlySet<string> = new Set();
const counted = { unit: 'short' };

/** How often values fall into which bucket. */
export default function Histogram({ title, options, frames, width, height }: PanelViewProps) {
  const [hidden, setHidden] = useState(none);
  const all = useMemo(() => bucketsOf(frames, options), [frames, options]);
  const series = all.series.filter(({ name }) => !hidden.has(name));
  const legend = legendOptionsOf(options['legend']);
  const chips = legend.shown && all.series.length > 1;
  const inside = Math.max(40, height - (chips ? CHIPS_PX : 0));
  const count = Math.max(0, all.edges.length - 1);
  const axis = axisOfValues(
    series.flatMap(({ counts }) => counts),
    counted,
  );
  const every = Math.max(1, Math.ceil(TICK_PX / (width / Math.max(count, 1))));
  const edge = (at: number) => displayText(all.edges[at] ?? 0, all.config);
  const opacity = series.length > 1 ? 0.55 : 0.85;
  return (
    <div style={{ height }}>
      <Plane
        width={width}
        height={inside}
        axis={axis}
        ticks={all.edges.flatMap((_, i) =>
          i % every || i === 0 || i === count ? [] : [{ at: i / count, text: edge(i) }],
        )}
        summary={summaryOf(title, all, edge)}
        places={count}
        placeAt={(share) => Math.floor(share * count)}
        head={(at) => `${edge(at)} to ${edge(at + 1)}`}
        rows={(at) =>
          series.map(({ name, colour, counts }) => ({
            name,
            colour,
            told: displayText(counts[at] ?? 0, counted),
          }))
        }
      >
        {({ left, top, width: wide, height: tall, across, active }) =>
          series.flatMap(({ name, colour, counts }) =>
            counts.map((value, i) => (
              <rect
                key={`${name} ${i}`}
                x={left + (i / count) * wide + 0.5}
                width={Math.max(1, wide / count - 1)}
                y={top + tall - across(value)}
                height={across(value)}
                fill={colour}
                opacity={active === null || active === i ? opacity : opacity / 2}
              />
            )),
          )
        }
      </Plane>
      {chips && (
        <LegendChips
          lines={all.series.map(({ name, colour }) =>
            plainLine({ name, colour, config: {}, values: [] }),
          )}
          hidden={hidden}
          onHide={setHidden}
          onLift={() => undefined}
          bare
        />
      )}
    </div>
  );
}

/** "Prompt length: 412 values, most from 200 to 250". */
function summaryOf(
  title: string,
  { series, edges }: Buckets,
  edge: (at: number) => string,
): string {
  if (edges.length < 2 || series.length === 0) return `${title}: no data`;
  const sums = Array.from({ length: edges.length - 1 }, (_, i) =>
    series.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0),
  );
  const most = sums.reduce<number>((best, sum, i) => (sum > sums[best]! ? i : best), 0);
  const total = displayText(
    sums.reduce((a, b) => a + b, 0),
    counted,
  );
  return `${title}: ${total} values, most from ${edge(most)} to ${edge(most + 1)}`;
}

import { useMemo, useState } from 'react';
import { displayText } from '../../frames/display';
import { rankOf } from '../../frames/reduce';
import { axisOfValues } from '../chart/axes';
import css from '../chart/chart.module.css';
import { LegendChips } from '../chart/Legend';
import { legendOptionsOf } from '../chart/legendOptions';
import { Plane, type Inner } from '../chart/Plane';
import { plainLine } from '../chart/series';
import { textWidth } from '../chart/theme';
import type { PanelViewProps } from '../panel';
import { barsOf, placeBars, shapeOf, type Bar, type Bars } from './bars';

const CHIPS_PX = 24;
const LEAST_WORD_PX = 48;
const none: ReadonlySet<string> = new Set();
const cutTo = (text: string, px: number) => {
  const most = Math.max(3, Math.floor(px / 6));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
};

/** Bars side by side or stacked, standing or lying, one group a name. */
export default function BarChart({
  title,
  options,
  frames,
  width,
  height,
  timeZone,
}: PanelViewProps) {
  const [hidden, setHidden] = useState(none);
  const all = useMemo(() => barsOf(frames, options, timeZone), [frames, options, timeZone]);
  const bars: Bars = { ...all, series: all.series.filter(({ name }) => !hidden.has(name)) };
  const shape = shapeOf(options);
  const placed = placeBars(bars, shape);
  const legend = legendOptionsOf(options['legend']);
  const chips = legend.shown && all.series.length > 1;
  const inside = Math.max(40, height - (chips ? CHIPS_PX : 0));
  const lying =
    options['orientation'] === 'horizontal' ||
    (options['orientation'] !== 'vertical' && width < inside);
  const config = all.series[0]?.config ?? {};
  const axis = axisOfValues(
    placed.flatMap(({ low, high }) => [low, high]),
    shape.stacking === 'percent' ? { unit: 'percent', min: 0, max: 100 } : config,
  );
  const wordsPx = lying
    ? Math.min(width * 0.4, 12 + Math.max(0, ...bars.names.map(textWidth)))
    : undefined;
  return (
    <div style={{ height }}>
      <Plane
        width={width}
        height={inside}
        axis={axis}
        lying={lying}
        wordsPx={wordsPx}
        ticks={ticksOf(bars, lying, lying ? (wordsPx ?? 0) : width, inside, options)}
        summary={summaryOf(title, bars)}
        places={bars.names.length}
        placeAt={(share) => Math.floor(share * bars.names.length)}
        head={(group) => bars.names[group] ?? ''}
        rows={(group) =>
          bars.series.map(({ name, colours, values, config: own }) => ({
            name,
            colour: colours[group]!,
            told: displayText(values[group] ?? null, own),
          }))
        }
      >
        {(inner) => (
          <Drawn placed={placed} bars={bars} inner={inner} lying={lying} options={options} />
        )}
      </Plane>
      {chips && (
        <LegendChips
          lines={all.series.map((series) => plainLine(series))}
          calcs={legend.calcs}
          hidden={hidden}
          onHide={setHidden}
          onLift={() => undefined}
          bare
        />
      )}
    </div>
  );
}

/** As many names as have room; each cut to its own. */
function ticksOf(
  { names }: Bars,
  lying: boolean,
  px: number,
  height: number,
  options: PanelViewProps['options'],
) {
  const room = lying ? height / Math.max(names.length, 1) : px / Math.max(names.length, 1);
  const every = Math.max(1, Math.ceil((lying ? 15 : LEAST_WORD_PX) / room));
  const told = Number(options['xTickLabelMaxLength']);
  const most = told > 0 ? told * 6 : Infinity;
  return names.flatMap((name, i) =>
    i % every
      ? []
      : [
          {
            at: (i + 0.5) / names.length,
            text: cutTo(name, Math.min(most, lying ? px - 12 : room * every)),
          },
        ],
  );
}

interface DrawnProps {
  readonly placed: readonly Bar[];
  readonly bars: Bars;
  readonly inner: Inner;
  readonly lying: boolean;
  readonly options: PanelViewProps['options'];
}

function Drawn({ placed, bars, inner, lying, options }: DrawnProps) {
  const { left, top, width, height, across, active } = inner;
  const floor = top + height;
  const show = options['showValue'];
  return placed.map((bar) => {
    const [a, b] = [across(bar.low), across(bar.high)];
    const wide = Math.max(1, (bar.to - bar.from) * (lying ? height : width));
    const box = lying
      ? { x: left + a, y: top + bar.from * height, width: Math.max(b - a, 0.5), height: wide }
      : { x: left + bar.from * width, y: floor - b, width: wide, height: Math.max(b - a, 0.5) };
    const words = displayText(bar.value, bars.series[bar.series]?.config);
    const fits = lying
      ? box.x + box.width + textWidth(words) + 6 < left + width && wide >= 10
      : wide >= textWidth(words) && box.y > top + 12;
    return (
      <g key={`${bar.group} ${bar.series}`}>
        <rect
          {...box}
          rx={Math.min(3, wide / 4)}
          fill={bar.colour}
          opacity={active === null || active === bar.group ? 0.88 : 0.45}
        />
        {show !== 'never' && (fits || show === 'always') && (
          <text
            className={css.valueText}
            x={lying ? box.x + box.width + 5 : box.x + wide / 2}
            y={lying ? box.y + wide / 2 + 4 : box.y - 4}
            textAnchor={lying ? 'start' : 'middle'}
          >
            {words}
          </text>
        )}
      </g>
    );
  });
}

/** "Runs by workflow: 12 bars, highest backup with 41". */
function summaryOf(title: string, { names, series, more }: Bars): string {
  const [first] = series;
  if (!first || names.length === 0) return `${title}: no data`;
  const most = first.values.reduce<number>(
    (best, value, i) => (rankOf(value) > rankOf(first.values[best]) ? i : best),
    0,
  );
  const cut = more ? `, ${more} more not drawn` : '';
  return `${title}: ${names.length} groups, highest ${names[most]} with ${displayText(first.values[most] ?? null, first.config)}${cut}`;
}

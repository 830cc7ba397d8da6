import { useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { displayText, thresholdLines } from '../../frames/display';
import type { FieldConfig } from '../../frames/frame';
import { rankOf, reducerOf } from '../../frames/reduce';
import { LegendChips, LegendTable, shortValues } from '../chart/Legend';
import type { ThresholdLine } from '../chart/plot';
import { toLines, type Line } from '../chart/series';
import { textWidth } from '../chart/theme';
import { TimeChart } from '../chart/TimeChart';
import type { PanelViewProps } from '../panel';
import css from './timeseries.module.css';

interface LegendOptions {
  showLegend?: boolean;
  displayMode?: string;
  calcs?: string[];
}

const SIDE_FROM_PX = 560;
const CHIP_LINE_PX = 24;
const none: ReadonlySet<string> = new Set();
const noConfig: FieldConfig = {};
const inPercent: FieldConfig = { unit: 'percent', min: 0, max: 100 };

/** What is stacked to a hundred per cent has that axis, whatever its unit. */
const axisOf = ([first]: readonly Line[]) =>
  first?.stacked === 'percent' ? inPercent : (first?.config ?? noConfig);

/** Lines, areas, bars and points over time. */
export default function TimeSeries(props: PanelViewProps) {
  const { title, options, oriel, frames, range, stepMs, width, height, head, onZoom } = props;
  const [hidden, setHidden] = useState(none);
  const [lifted, setLifted] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const { times, lines, folded } = useMemo(
    () => toLines(frames, stepMs, width, { hidden, all }),
    [frames, stepMs, width, hidden, all],
  );
  const axis = axisOf(lines);
  const thresholds = useMemo(() => thresholdsOf(axis, oriel.limit), [axis, oriel.limit]);
  const legend = (options['legend'] ?? {}) as LegendOptions;
  const room = width - 40 - 1.15 * textWidth(`${title} ${oriel.subtitle ?? ''}`);
  const place = legendPlace(lines, legend, width, head ? room : 0);
  const calcs = legend.calcs?.length ? legend.calcs : ['mean', 'lastNotNull'];
  const side = place === 'side' ? sideWidth(lines, calcs, width) : 0;
  const keys = { lines, hidden, onHide: setHidden, onLift: setLifted };
  const below = place === 'below' ? Math.min(2, chipLines(lines, width)) * CHIP_LINE_PX : 0;

  return (
    <div className={css.panel} style={{ height }}>
      <div className={css.plot}>
        <TimeChart
          times={times}
          lines={lines}
          hidden={hidden}
          fromMs={range.fromMs}
          toMs={range.toMs}
          width={width - side}
          height={height - below - (folded && place !== 'side' ? CHIP_LINE_PX : 0)}
          axis={axis}
          thresholds={thresholds}
          lifted={lifted}
          summary={summaryOf(title, lines)}
          onZoom={onZoom}
        />
        {place === 'below' && <LegendChips {...keys} />}
        {folded > 0 && (
          <button type="button" className={css.more} onClick={() => setAll(true)}>
            Show all {folded + 11} series
          </button>
        )}
      </div>
      {place === 'side' && <LegendTable {...keys} calcs={calcs} width={side} />}
      {place === 'head' && head && createPortal(<LegendChips {...keys} compact />, head)}
    </div>
  );
}

type Place = 'none' | 'head' | 'side' | 'below';

/** Few short names go into the head, many to the side where there is room for a table, else below. */
function legendPlace(
  lines: readonly Line[],
  legend: LegendOptions,
  width: number,
  headRoom: number,
): Place {
  if (legend.showLegend === false || legend.displayMode === 'hidden' || lines.length === 0)
    return 'none';
  if (
    lines.length <= 4 &&
    !legend.calcs?.length &&
    chipsWidth(lines, shortValues(lines)) < headRoom
  )
    return 'head';
  if (width >= SIDE_FROM_PX && (lines.length > 4 || legend.calcs?.length)) return 'side';
  return 'below';
}

const last = reducerOf('lastNotNull');
const longValues = (lines: readonly Line[]) =>
  lines.map((line) => displayText(last(line.all), line.config));
const chipsWidth = (lines: readonly Line[], values = longValues(lines)) =>
  lines.reduce((sum, { name }, i) => sum + 37 + textWidth(`${name}${values[i]}`) * 1.1, 0);
/** As wide as the names and columns need, but at most half of the panel. */
const sideWidth = (lines: readonly Line[], calcs: readonly string[], width: number) => {
  const names = Math.max(...lines.map(({ name }) => textWidth(name) * 1.1));
  const column =
    Math.max(...lines.map((line) => textWidth(displayText(last(line.all), line.config)) * 1.1)) +
    14;
  return Math.round(
    Math.min(width / 2, Math.min(names, 200) + 36 + calcs.length * Math.max(column, 40)),
  );
};
const chipLines = (lines: readonly Line[], width: number) =>
  Math.ceil(chipsWidth(lines) / Math.max(width, 1));

function thresholdsOf(config: FieldConfig, words = 'limit'): ThresholdLine[] {
  const mode = (config.custom?.['thresholdsStyle'] as { mode?: string } | undefined)?.mode ?? 'off';
  if (mode === 'off') return [];
  return thresholdLines(config).map(({ value, tone }) => ({
    value,
    tone,
    label: `${words} ${displayText(value, { unit: config.unit })}`,
    area: mode.includes('area'),
  }));
}

/** "Memory: programs 21.4 GiB, file cache 31.0 GiB". */
function summaryOf(title: string, lines: readonly Line[]): string {
  if (lines.length === 0) return `${title}: no data`;
  const sorted = [...lines].sort((a, b) => rankOf(last(b.all)) - rankOf(last(a.all)));
  const words = sorted
    .slice(0, 3)
    .map((line) => `${line.name} ${displayText(last(line.all), line.config)}`);
  const more = lines.length > 3 ? ` and ${lines.length - 3} more` : '';
  return `${title}, last values: ${words.join(', ')}${more}`;
}

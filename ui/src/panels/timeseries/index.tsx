import { useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { displayText } from '../../frames/display';
import type { FieldConfig } from '../../frames/frame';
import { rankOf, reducerOf } from '../../frames/reduce';
import { LegendChips, LegendTable } from '../chart/Legend';
import { legendOptionsOf } from '../chart/legendOptions';
import { legendPlace } from '../chart/legendPlace';
import { limitsOf } from '../chart/limits';
import { missingText } from '../chart/marks';
import { hiddenAtFirst, toLines, type Line } from '../chart/series';
import { textWidth } from '../chart/theme';
import { TimeChart } from '../chart/TimeChart';
import { tipOptionsOf } from '../chart/Tooltip';
import type { PanelViewProps } from '../panel';
import css from './timeseries.module.css';

const MORE_PX = 24;
const noConfig: FieldConfig = {};

/** Lines, areas, bars and points over time. */
export default function TimeSeries(props: PanelViewProps) {
  const { title, options, oriel, frames, range, stepMs, width, height, head, onZoom } = props;
  const [hidden, setHidden] = useState(() => hiddenAtFirst(frames));
  const [lifted, setLifted] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const { times, lines, folded, holes } = useMemo(
    () => toLines(frames, stepMs, width, { hidden, all }),
    [frames, stepMs, width, hidden, all],
  );
  const thresholds = useMemo(() => limitsOf(lines, oriel.limit), [lines, oriel.limit]);
  const legend = useMemo(() => legendOptionsOf(options['legend']), [options]);
  const tip = useMemo(() => tipOptionsOf(options['tooltip']), [options]);
  const told = lines.filter((line) => !line.hideFrom.legend);
  const room = width - 40 - 1.15 * textWidth(`${title} ${oriel.subtitle ?? ''}`);
  const place = legendPlace(told, legend, { width, height, head: head ? room : 0 });
  const missing = missingText(holes);
  const keys = { lines: told, hidden, onHide: setHidden, onLift: setLifted, missing };
  const table = { ...keys, calcs: place.calcs, order: place.order };
  const side = place.at === 'side' ? place.px : 0;
  const below = place.at === 'chips' || place.at === 'below' ? place.px : 0;
  const more = folded && place.at !== 'side' ? MORE_PX : 0;

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
          height={Math.max(40, height - below - more)}
          axis={lines[0]?.config ?? noConfig}
          thresholds={thresholds}
          lifted={lifted}
          summary={summaryOf(title, lines, missing)}
          marks={props.annotations}
          exemplars={props.exemplars}
          holes={holes}
          tip={tip}
          zone={props.timeZone}
          onZoom={onZoom}
        />
        {place.at === 'chips' && <LegendChips {...keys} calcs={legend.calcs} />}
        {place.at === 'below' && <LegendTable {...table} width={width} height={below} />}
        {folded > 0 && (
          <button type="button" className={css.more} onClick={() => setAll(true)}>
            Show all {folded + 11} series
          </button>
        )}
      </div>
      {place.at === 'side' && <LegendTable {...table} width={side} />}
      {place.at === 'head' && head && createPortal(<LegendChips {...keys} compact />, head)}
    </div>
  );
}

const last = reducerOf('lastNotNull');

/** "Memory, last values: programs 21.4 GiB, file cache 31.0 GiB". */
function summaryOf(title: string, lines: readonly Line[], missing: string): string {
  if (lines.length === 0) return `${title}: no data`;
  const sorted = [...lines].sort((a, b) => rankOf(last(b.all)) - rankOf(last(a.all)));
  const words = sorted
    .slice(0, 3)
    .map((line) => `${line.name} ${displayText(last(line.all), line.config)}`);
  const more = lines.length > 3 ? ` and ${lines.length - 3} more` : '';
  return `${title}, last values: ${words.join(', ')}${more}${missing && `; ${missing}`}`;
}

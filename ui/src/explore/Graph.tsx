import { lazy, Suspense, useMemo, useRef, useState, type ReactNode } from 'react';
import type { TimedHistogram } from '../api/prometheus';
import { texts } from '../app/texts';
import { clock, tellPlainly, visible } from '../format';
import { displayText } from '../frames/display';
import type { Frame } from '../frames/frame';
import { seriesFrames } from '../frames/fromPrometheus';
import { rankOf, reducerOf } from '../frames/reduce';
import { Button, Loading, StateGlyph, tableCss } from '../parts';
import { afterClick } from '../panels/chart/Legend';
import { toLines, type Line } from '../panels/chart/series';
import { useSize } from '../panels/chart/size';
import { TimeChart } from '../panels/chart/TimeChart';
import { useRefresh, zoomTo, type TimeRange } from '../query';
import type { Ask } from './asks';
import css from './explore.module.css';
import histogramCss from './histogram.module.css';
import { histogramFrames } from './histogramFrames';
import { unitOf } from './unit';
import type { Answered } from './useAnswers';

const HeatMap = lazy(() => import('../panels/heatmap'));
const words = texts.explore;
const HEIGHT = 300;
const CALCS = ['mean', 'min', 'max', 'lastNotNull'] as const;
const none: ReadonlySet<string> = new Set();

interface GraphProps {
  answers: readonly Answered[];
  range: TimeRange;
  stepMs: number;
  /** What the server says about the answers: between the chart, which stays in its place, and the legend. */
  notes: ReactNode;
  onAsk: (ask: Ask, expr: string) => void;
  onTable: () => void;
}

/** Lines over the window's time, and below them a legend with what they come to. */
export default function Graph({ answers, range, stepMs, notes, onAsk, onTable }: GraphProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useSize(box);
  const [hidden, setHidden] = useState(none);
  const [lifted, setLifted] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const { nowMs } = useRefresh();
  const frames = useMemo(() => framesOf(answers), [answers]);
  const undrawn = useMemo(() => histogramsOf(answers), [answers]);
  const heat = frames.length === 0 && undrawn.length === 1 ? undrawn[0] : undefined;
  const { times, lines, folded } = useMemo(
    () => toLines(frames, stepMs, width || 1000, { hidden, all }),
    [frames, stepMs, width, hidden, all],
  );

  return (
    <>
      <div className={css.chart} ref={box} style={{ height: HEIGHT }}>
        {width > 0 && heat && (
          <Suspense fallback={<Loading height={HEIGHT} />}>
            <HeatMap
              title={words.heat}
              options={{}}
              oriel={{}}
              frames={histogramFrames(heat.histograms)}
              range={range}
              stepMs={stepMs}
              width={width}
              height={HEIGHT}
              head={null}
              say={(text) => text}
              onZoom={zoomTo}
            />
          </Suspense>
        )}
        {width > 0 && !heat && (
          <TimeChart
            times={times}
            lines={lines}
            hidden={hidden}
            fromMs={range.fromMs}
            toMs={range.toMs}
            width={width}
            height={HEIGHT}
            axis={lines[0]?.config ?? {}}
            thresholds={[]}
            lifted={lifted}
            summary={words.chart(
              lines.length,
              clock(range.fromMs, nowMs),
              clock(range.toMs, nowMs),
            )}
            onZoom={zoomTo}
          />
        )}
      </div>
      {undrawn.length > 0 && (
        <Undrawn all={undrawn} heat={heat !== undefined} onAsk={onAsk} onTable={onTable} />
      )}
      {notes}
      {folded > 0 && (
        <p className={css.folded}>
          <Button look="ghost" small onClick={() => setAll(true)}>
            {words.showAll(folded + lines.length - 1)}
          </Button>
        </p>
      )}
      {lines.length > 0 && (
        <Legend lines={lines} hidden={hidden} onHide={setHidden} onLift={setLifted} />
      )}
    </>
  );
}

interface HistogramSeries {
  ask: Ask;
  histograms: readonly TimedHistogram[];
}

/** The series that are native histograms at some moment. */
function histogramsOf(answers: readonly Answered[]): HistogramSeries[] {
  return answers.flatMap(({ ask, data }) =>
    data!.data.flatMap(({ histograms = [] }) => (histograms.length ? [{ ask, histograms }] : [])),
  );
}

interface UndrawnProps {
  all: readonly HistogramSeries[];
  heat: boolean;
  onAsk: (ask: Ask, expr: string) => void;
  onTable: () => void;
}

/** What the chart can't show, and three ways to see it. */
function Undrawn({ all, heat, onAsk, onTable }: UndrawnProps) {
  const { ask } = all[0]!;
  const ways = [
    [words.askQuantile, `histogram_quantile(0.95, ${ask.expr})`],
    [words.askCount, `histogram_count(${ask.expr})`],
  ] as const;
  return (
    <p className={histogramCss.undrawn}>
      <StateGlyph state="info" label={words.info} />
      {heat ? words.heat : words.undrawn(all.length)}
      {ways.map(([label, expr]) => (
        <Button key={label} look="ghost" small title={expr} onClick={() => onAsk(ask, expr)}>
          {label}
        </Button>
      ))}
      <Button look="ghost" small onClick={onTable}>
        {words.asTable}
      </Button>
    </p>
  );
}

interface LegendProps {
  lines: readonly Line[];
  hidden: ReadonlySet<string>;
  onHide: (hidden: ReadonlySet<string>) => void;
  onLift: (name: string | null) => void;
}

/** Sorted by the last value; a click shows one alone, with Ctrl it is hidden or shown. */
function Legend({ lines, hidden, onHide, onLift }: LegendProps) {
  const last = reducerOf('lastNotNull');
  const names = lines.map(({ fullName }) => fullName);
  const sorted = [...lines].sort((a, b) => rankOf(last(b.all)) - rankOf(last(a.all)));
  return (
    <div className={css.legend}>
      <table className={tableCss.table}>
        <thead>
          <tr>
            <th>{words.name}</th>
            {[words.mean, words.min, words.max, words.last].map((name) => (
              <th key={name} className={tableCss.r}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((line) => (
            <tr
              key={line.fullName}
              className={hidden.has(line.fullName) ? css.off : ''}
              onPointerEnter={() => onLift(line.fullName)}
              onPointerLeave={() => onLift(null)}
            >
              <td>
                <button
                  type="button"
                  className={css.series}
                  title={line.fullName}
                  aria-pressed={!hidden.has(line.fullName)}
                  onClick={({ ctrlKey, metaKey }) =>
                    onHide(afterClick(line.fullName, names, hidden, ctrlKey || metaKey))
                  }
                >
                  <i className={tableCss.swatch} style={{ background: line.colour }} />
                  <span>{line.name}</span>
                </button>
              </td>
              {CALCS.map((calc) => (
                <td
                  key={calc}
                  className={`${tableCss.r} ${calc === 'lastNotNull' ? '' : css.quiet}`}
                >
                  {displayText(reducerOf(calc)(line.all), line.config)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One frame a series, with its unit; the letter of the query tells equal series of two apart. */
function framesOf(answers: readonly Answered[]): Frame[] {
  return answers.flatMap(({ ask, data }) => {
    const { letter, expr } = ask;
    const unit = unitOf(expr);
    const frames = seriesFrames(data!.data, { refId: letter, expr, legend: '__auto' });
    return frames.map((frame) => ({
      ...frame,
      fields: frame.fields.map((field) => {
        if (field.type !== 'number') return field;
        const own = visible(field.name) || '{}'; // a series without labels, beside others
        const name = answers.length > 1 ? `${letter} ${own}` : own;
        return { ...field, name, config: { ...field.config, unit, tell: tellPlainly } };
      }),
    }));
  });
}

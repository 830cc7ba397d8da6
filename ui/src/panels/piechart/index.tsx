import { useMemo, useState, type KeyboardEvent } from 'react';
import { texts } from '../../app/texts';
import { Nothing } from '../../parts';
import type { PanelViewProps } from '../panel';
import { Tip } from '../tip/Tip';
import { Legend, legendLook } from './Legend';
import css from './piechart.module.css';
import { arcsOf, percentText, pieOf, type Arc, type Pie, type Slice } from './slices';

const words = texts.kinds.pie;

const SIDE_FROM_PX = 340;
const LEAST_PIE = 60;

/** Shares of a whole: a pie or a donut, with the names and numbers beside it. */
export default function PieChart({ title, frames, options, width, height }: PanelViewProps) {
  const [all, setAll] = useState(false);
  const [alone, setAlone] = useState<string | null>(null);
  const pie = useMemo(() => pieOf(frames, options, all, words.others), [frames, options, all]);
  const shown = useMemo(() => onlyOne(pie, alone), [pie, alone]);
  const legend = legendLook(options);
  const side = legend.show && legend.right && width >= SIDE_FROM_PX;
  const legendWidth = side ? Math.min(width * 0.55, Math.max(150, width - height - 16)) : width;
  const legendHeight = legend.show && !side ? bottomHeight(legend, pie, width, height) : 0;
  const room = Math.min(side ? width - legendWidth - 12 : width, height - legendHeight);
  if (pie.slices.length === 0) return <Nothing title={texts.kinds.noData} hatch height={height} />;
  return (
    <div className={`${css.pie} ${side ? css.side : ''}`} style={{ height }}>
      {pie.total === 0 ? (
        <Nothing title={words.nothing}>{words.nothingWhy}</Nothing>
      ) : (
        room >= LEAST_PIE && (
          <Picture title={title} pie={shown} options={options} size={Math.floor(room)} />
        )
      )}
      {legend.show && (
        <Legend
          pie={pie}
          look={legend}
          side={side}
          style={side ? { width: legendWidth } : { height: legendHeight }}
          alone={alone}
          onAlone={setAlone}
          all={all}
          onAll={setAll}
        />
      )}
      {pie.leftOut > 0 && !legend.show && (
        <p className={css.leftOut}>{words.leftOut(pie.leftOut)}</p>
      )}
    </div>
  );
}

const ROW_PX = 24;

function bottomHeight({ table }: { table: boolean }, pie: Pie, width: number, height: number) {
  const longest = Math.max(...pie.slices.map(({ name, told }) => name.length + told.length));
  const inRow = Math.max(1, Math.floor(width / (Math.min(longest, 30) * 6.6 + 50)));
  const rows = table ? pie.slices.length + 1 : Math.ceil(pie.slices.length / inRow);
  return Math.min(rows * ROW_PX + 2, Math.max(ROW_PX * 2, height * 0.45));
}

/** The whole pie, or the one slice that was chosen in the legend with its share of the whole kept. */
const onlyOne = (pie: Pie, alone: string | null): Pie =>
  alone !== null && pie.slices.some(({ name }) => name === alone)
    ? {
        ...pie,
        slices: pie.slices.map((s) => (s.name === alone ? s : { ...s, colour: 'var(--raised)' })),
      }
    : pie;

interface Spot {
  readonly slice: number;
  readonly x: number;
  readonly y: number;
}

function Picture(props: {
  title: string;
  pie: Pie;
  options: PanelViewProps['options'];
  size: number;
}) {
  const { title, pie, options, size } = props;
  const { slices } = pie;
  const [spot, setSpot] = useState<Spot | null>(null);
  const outer = size / 2 - 4;
  const inner = options['pieType'] === 'donut' ? outer * 0.6 : 0;
  const arcs = arcsOf(
    slices.map(({ share }) => share),
    outer,
    inner,
  );
  const labels = labelsOf(options);
  const onKey = (event: KeyboardEvent<SVGSVGElement>) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') setSpot(null);
    if (!by) return;
    event.preventDefault();
    const next = spot ? (spot.slice + by + slices.length) % slices.length : 0;
    const box = event.currentTarget.getBoundingClientRect();
    const middle = size / 2;
    setSpot({
      slice: next,
      x: box.left + middle + arcs[next]!.x,
      y: box.top + middle + arcs[next]!.y,
    });
  };
  return (
    <>
      <svg
        className={css.picture}
        width={size}
        height={size}
        viewBox={`${-size / 2} ${-size / 2} ${size} ${size}`}
        role="img"
        aria-label={summaryOf(title, slices)}
        tabIndex={0}
        onKeyDown={onKey}
        onBlur={() => setSpot(null)}
        onPointerLeave={() => setSpot(null)}
      >
        {slices.map((slice, i) => (
          <path
            key={slice.name + i}
            d={arcs[i]!.path}
            style={{ fill: slice.colour }}
            className={spot && spot.slice !== i ? css.aside : undefined}
            onPointerMove={(event) => setSpot({ slice: i, x: event.clientX, y: event.clientY })}
          />
        ))}
        {labels.length > 0 &&
          slices.map((slice, i) => (
            <Label key={slice.name + i} slice={slice} labels={labels} at={arcs[i]!} />
          ))}
      </svg>
      {spot && slices[spot.slice] && (
        <Tip x={spot.x} y={spot.y} rows={tipRows(slices, spot.slice, options)} />
      )}
    </>
  );
}

type LabelKind = 'name' | 'value' | 'percent';

const labelsOf = (options: PanelViewProps['options']): LabelKind[] =>
  (Array.isArray(options['displayLabels']) ? (options['displayLabels'] as unknown[]) : []).filter(
    (one): one is LabelKind => one === 'name' || one === 'value' || one === 'percent',
  );

const LABEL_LINE = 13;
const LABEL_CHAR_PX = 6;
const LEAST_NAME = 5;

/** As much as the slice has room for: a name that would be a stump is left to the legend. */
function Label({ slice, labels, at }: { slice: Slice; labels: readonly LabelKind[]; at: Arc }) {
  const most = Math.floor(at.room / LABEL_CHAR_PX);
  const lines = labels.flatMap((kind) => {
    if (kind === 'name')
      return most < Math.min(LEAST_NAME, slice.name.length) ? [] : [cut(slice.name, most)];
    const text = kind === 'value' ? slice.told : percentText(slice.share);
    return text.length > most ? [] : [text];
  });
  return (
    <text className={css.label} textAnchor="middle">
      {lines.map((line, i) => (
        <tspan key={i} x={at.x} y={at.y + 4 + (i - (lines.length - 1) / 2) * LABEL_LINE}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

const cut = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

const TIP_ROWS = 12;

function tipRows(slices: readonly Slice[], at: number, options: PanelViewProps['options']) {
  const mode = ((options['tooltip'] ?? {}) as { mode?: string }).mode;
  const around = Math.max(0, Math.min(at - TIP_ROWS / 2, slices.length - TIP_ROWS));
  const rows = slices.map(({ name, told, share, colour }, i) => ({
    name,
    value: `${told}, ${percentText(share)}`,
    colour,
    strong: i === at,
  }));
  return mode === 'multi' || mode === 'all' ? rows.slice(around, around + TIP_ROWS) : [rows[at]!];
}

/** "Requests by model: gpt-oss-120b 412, 61 %; ..." */
function summaryOf(title: string, slices: readonly Slice[]): string {
  const said = slices
    .slice(0, 6)
    .map(({ name, told, share }) => words.share(name, told, percentText(share)));
  return `${title}: ${said.join('; ')}`;
}

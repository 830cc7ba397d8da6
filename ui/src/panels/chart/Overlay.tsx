import { useState, type CSSProperties, type KeyboardEvent } from 'react';
import { createPortal } from 'react-dom';
import { displayText } from '../../frames/display';
import { shareOf } from '../../frames/logTicks';
import { timeInFull, type Zone } from '../../frames/ticks';
import type { Hole } from '../../frames/toUplot';
import type { Exemplar, Mark } from '../panel';
import type { Axis } from './axes';
import css from './chart.module.css';
import { bandsOfMarks, flagsOf, reasonOf, type Flag } from './marks';
import type { Line } from './series';
import { textWidth } from './theme';

/** Where the plot lies within the chart, in CSS pixels. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface OverlayProps {
  readonly box: PlotBox;
  readonly fromMs: number;
  readonly toMs: number;
  readonly marks: readonly Mark[];
  readonly holes: readonly Hole[];
  readonly exemplars: readonly Exemplar[];
  readonly axes: readonly Axis[];
  readonly lines: readonly Line[];
  readonly zone: Zone;
}

interface Card {
  readonly x: number;
  readonly y: number;
  readonly body: React.ReactNode;
}

/** Where the plot begins higher than that, flags hang into it, without words. */
const FLAG_ROOM_PX = 10;

/** Over the lines: gaps hatched with their reason, flags of what happened, diamonds of single cases. */
export function Overlay(props: OverlayProps) {
  const { box, fromMs, toMs, marks, holes, zone } = props;
  const [card, setCard] = useState<Card | null>(null);
  const room = { fromMs, toMs, width: box.width, textWidth };
  const flags = flagsOf(marks, room);
  const open = (element: Element, body: React.ReactNode) => {
    const { left, bottom } = element.getBoundingClientRect();
    setCard({ x: left, y: bottom, body });
  };
  return (
    <div
      className={`${css.overlay} ${box.top < FLAG_ROOM_PX ? css.low : ''}`}
      style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
    >
      {holes.map((hole) => (
        <Hatch key={hole.from} hole={hole} marks={marks} {...room} />
      ))}
      {bandsOfMarks(marks, room).map(({ left, width, mark }, i) => (
        <i
          key={i}
          className={mark.kind === 'collection' ? css.hatch : css.band}
          style={{ left, width, '--ink': mark.colour } as CSSProperties}
        />
      ))}
      {flags.length > 0 && (
        <div role="group" aria-label="What happened" onKeyDown={moveFocus}>
          {flags.map((flag, i) => (
            <FlagView
              key={i}
              flag={flag}
              first={i === 0}
              onOpen={(element) => open(element, <MarkCard marks={flag.marks} zone={zone} />)}
              onClose={() => setCard(null)}
            />
          ))}
        </div>
      )}
      <Diamonds {...props} onOpen={open} onClose={() => setCard(null)} />
      {card && <CardView card={card} />}
    </div>
  );
}

/** One stop of the Tab key for the whole group; the arrow keys go on within it. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll('button')];
  const at = all.indexOf(document.activeElement as HTMLButtonElement);
  all[Math.max(0, Math.min(all.length - 1, at + by))]?.focus();
}

interface HatchProps {
  readonly hole: Hole;
  readonly marks: readonly Mark[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly width: number;
}

function Hatch({ hole, marks, fromMs, toMs, width }: HatchProps) {
  const xOf = (seconds: number) =>
    Math.max(0, Math.min(width, ((seconds * 1000 - fromMs) / (toMs - fromMs)) * width));
  const left = xOf(hole.from);
  const wide = xOf(hole.to) - left;
  const reason = reasonOf(hole, marks);
  if (wide < 2) return null;
  return (
    <i className={css.hatch} style={{ left, width: wide }}>
      {textWidth(reason) + 8 < wide && <span>{reason}</span>}
    </i>
  );
}

interface Opens {
  readonly onClose: () => void;
}

function FlagView({
  flag,
  first,
  onOpen,
  onClose,
}: Opens & { flag: Flag; first: boolean; onOpen: (element: Element) => void }) {
  const { x, marks, colour, words, side } = flag;
  const all = marks.map(({ title }) => title).join(', ');
  return (
    <>
      <i className={css.markLine} style={{ left: x, '--ink': colour } as CSSProperties} />
      {words && (
        <span className={`${css.markWords} ${css[side]}`} style={{ left: x }} aria-hidden="true">
          {words}
        </span>
      )}
      <button
        type="button"
        className={css.flag}
        style={{ left: x, '--ink': colour } as CSSProperties}
        tabIndex={first ? 0 : -1}
        aria-label={all}
        onPointerEnter={(event) => onOpen(event.currentTarget)}
        onFocus={(event) => onOpen(event.currentTarget)}
        onPointerLeave={onClose}
        onBlur={onClose}
      />
    </>
  );
}

const MOST_IN_CARD = 8;

function MarkCard({ marks, zone }: { marks: readonly Mark[]; zone: Zone }) {
  const more = marks.length - MOST_IN_CARD;
  return (
    <>
      {marks.slice(0, MOST_IN_CARD).map((mark, i) => (
        <div key={i} className={css.happened}>
          <div className={css.tipHead}>
            {timeInFull(mark.fromMs, zone)}
            {mark.toMs !== undefined && ` to ${timeInFull(mark.toMs, zone)}`}
          </div>
          <b>{mark.title}</b>
          {mark.text && <p>{mark.text}</p>}
          {mark.tags.length > 0 && <small>{mark.tags.join(', ')}</small>}
        </div>
      ))}
      {more > 0 && <div className={css.tipFoot}>and {more} more</div>}
    </>
  );
}

const MOST_DIAMONDS = 60;

function Diamonds({
  box,
  fromMs,
  toMs,
  exemplars,
  axes,
  lines,
  zone,
  onOpen,
  onClose,
}: OverlayProps & Opens & { onOpen: (element: Element, body: React.ReactNode) => void }) {
  const axis = axes[0];
  if (exemplars.length === 0 || !axis) return null;
  const every = Math.ceil(exemplars.length / MOST_DIAMONDS);
  const shown = exemplars.filter((_, i) => i % every === 0);
  const config = lines[0]?.config;
  return (
    <div role="group" aria-label="Exemplars" onKeyDown={moveFocus}>
      {shown.map((exemplar, i) => {
        const share = shareOf(exemplar.value, axis, axis.spread);
        if (share === null || exemplar.timeMs < fromMs || exemplar.timeMs > toMs) return null;
        const place = {
          left: ((exemplar.timeMs - fromMs) / (toMs - fromMs)) * box.width,
          top: (1 - Math.max(0, Math.min(1, share))) * box.height, // above the axis: at its edge
        };
        const value = displayText(exemplar.value, config);
        const body = <ExemplarCard exemplar={exemplar} value={value} zone={zone} />;
        return (
          <button
            key={i}
            type="button"
            className={css.diamond}
            style={place}
            tabIndex={i === 0 ? 0 : -1}
            aria-label={`exemplar ${value}`}
            onPointerEnter={(event) => onOpen(event.currentTarget, body)}
            onFocus={(event) => onOpen(event.currentTarget, body)}
            onPointerLeave={onClose}
            onBlur={onClose}
          />
        );
      })}
    </div>
  );
}

function ExemplarCard({
  exemplar: { timeMs, labels, seriesLabels },
  value,
  zone,
}: {
  exemplar: Exemplar;
  value: string;
  zone: Zone;
}) {
  const rows = [...Object.entries(labels), ...Object.entries(seriesLabels)];
  return (
    <>
      <div className={css.tipHead}>{timeInFull(timeMs, zone)}</div>
      <b>{value}</b>
      <dl className={css.facts}>
        {rows.slice(0, 12).map(([name, told], i) => (
          <div key={i}>
            <dt>{name}</dt>
            <dd>{told}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const CARD_PX = 320;

function CardView({ card: { x, y, body } }: { card: Card }) {
  const left = Math.max(8, Math.min(x, window.innerWidth - CARD_PX - 8));
  const above = y + 180 > window.innerHeight;
  const style = above
    ? { left, bottom: Math.max(8, window.innerHeight - y + 16), top: 'auto' }
    : { left, top: y + 6 };
  return createPortal(
    <div className={`${css.tip} ${css.card}`} style={style} role="status">
      {body}
    </div>,
    document.body,
  );
}

import { memo } from 'react';
import type { Cell, Row } from './states';
import css from './strips.module.css';

export interface StripLook {
  /** Share of a row's height that its strip takes, 0 to 1. */
  readonly tall: number;
  /** Share of a cell's width that is filled, 0 to 1. */
  readonly wide: number;
  readonly showValue: 'auto' | 'always' | 'never';
  readonly align: 'left' | 'center' | 'right';
  /** Outline, in pixels. */
  readonly line: number;
  /** Per cent. */
  readonly opacity: number;
}

const CHAR_PX = 6.2;
const TEXT_PAD = 5;
const LEAST_TEXT_ROW = 13;

interface Drawn {
  readonly cell: Cell;
  readonly x: number;
  readonly width: number;
}

/** One row: hatched where nobody measured, a rectangle a cell, its words where they have room. */
export const StripRow = memo(function StripRow(props: {
  row: Row;
  range: { readonly fromMs: number; readonly toMs: number };
  width: number;
  height: number;
  look: StripLook;
}) {
  const { row, range, width, height, look } = props;
  const tall = Math.max(4, Math.round(height * look.tall));
  const top = Math.round((height - tall) / 2);
  const drawn = placed(row.cells, range, width, look.wide);
  const words = look.showValue === 'never' || tall < LEAST_TEXT_ROW ? [] : drawn;
  return (
    <div className={css.row} style={{ height }}>
      <div className={css.hatch} style={{ top, height: tall }}>
        <svg width={width} height={tall} aria-hidden="true">
          {byColour(drawn).map(([colour, cells]) => (
            <g key={colour} className={css.cells} style={styleOf(colour, look)}>
              <path className={css.under} d={pathOf(cells, tall)} />
              <path className={css.over} d={pathOf(cells, tall)} data-colour={colour} />
            </g>
          ))}
          {words.map((one) => (
            <Words key={one.cell.fromMs} one={one} tall={tall} look={look} />
          ))}
        </svg>
      </div>
    </div>
  );
});

/** Rectangles in pixels. Cells of less than a pixel share one: the last of them is seen. */
function placed(
  cells: readonly Cell[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
  width: number,
  wide: number,
): Drawn[] {
  const scale = width / (toMs - fromMs || 1);
  const drawn: Drawn[] = [];
  for (const cell of cells) {
    const from = (cell.fromMs - fromMs) * scale;
    const full = (cell.toMs - cell.fromMs) * scale;
    const gap = Math.min(full * (1 - wide), full - 1);
    const x = from + Math.max(gap, 0) / 2;
    const before = drawn[drawn.length - 1];
    const one = {
      cell,
      x,
      width: Math.max(1, full - Math.max(gap, 0) - (full > 3 && wide === 1 ? 1 : 0)),
    };
    if (before && Math.floor(before.x) === Math.floor(x) && before.width <= 1)
      drawn[drawn.length - 1] = one;
    else drawn.push(one);
  }
  return drawn;
}

function byColour(drawn: readonly Drawn[]): [string, Drawn[]][] {
  const groups = new Map<string, Drawn[]>();
  for (const one of drawn) {
    const group = groups.get(one.cell.colour);
    if (group) group.push(one);
    else groups.set(one.cell.colour, [one]);
  }
  return [...groups];
}

const round = (n: number) => Math.round(n * 10) / 10;
const pathOf = (cells: readonly Drawn[], tall: number) =>
  cells.map(({ x, width }) => `M${round(x)} 0h${round(width)}v${tall}h${round(-width)}z`).join('');

/** A fill that text can be read on: of Grafana's 70 per cent, 42 of the colour and the rest surface. */
const styleOf = (colour: string, { opacity, line }: StripLook) => ({
  color: colour,
  '--share': `${Math.round(Math.max(12, Math.min(42, opacity * 0.6)))}%`,
  strokeWidth: line,
});

function Words({ one, tall, look }: { one: Drawn; tall: number; look: StripLook }) {
  const { cell, x, width } = one;
  const room = Math.floor((width - 2 * TEXT_PAD) / CHAR_PX);
  if (!cell.text || room < 1 || (cell.text.length > room && look.showValue === 'auto')) return null;
  const text =
    cell.text.length > room ? `${cell.text.slice(0, Math.max(1, room - 1))}…` : cell.text;
  const [at, anchor] = {
    left: [x + TEXT_PAD, 'start' as const] as const,
    center: [x + width / 2, 'middle' as const] as const,
    right: [x + width - TEXT_PAD, 'end' as const] as const,
  }[look.align];
  return (
    <text x={round(at)} y={tall / 2 + 4} textAnchor={anchor}>
      {text}
    </text>
  );
}

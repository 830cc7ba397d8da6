import { useMemo, useRef, useState, type CSSProperties, type PointerEvent } from 'react';
import { texts } from '../../app/texts';
import { Button, CopyButton, Nothing } from '../../parts';
import board from '../board.module.css';
import { fillText, type Values } from '../interpolate';
import { CELL_PX, COLUMNS, GAP_PX } from '../layout';
import type { Dashboard, GridPos, Panel } from '../model';
import { PanelBox } from '../PanelBox';
import css from './arrange.module.css';
import { arranged, canArrange, jsonWith, within, type Moved } from './places';

const words = texts.dashboards.arrange;
const none: Values = {};
const noMoves: Moved = new Map();

interface ArrangeProps {
  readonly board: Dashboard;
  readonly values: Values | null;
  readonly onDone: () => void;
}

/** The board's panels to be moved and resized, by pointer or keys; the result is JSON for the file in git. */
export default function Arrange({ board: shown, values, onDone }: ArrangeProps) {
  const [moved, setMoved] = useState(noMoves);
  const grid = useRef<HTMLDivElement>(null);
  const possible = useMemo(() => canArrange(shown), [shown]);
  const filled = values ?? none;
  const { rows, panels } = useMemo(() => arranged(shown, filled, moved), [shown, filled, moved]);
  const move = (panel: Panel, to: GridPos) =>
    setMoved((before) => new Map(before).set(panel.id, within(to)));
  if (!possible) {
    return (
      <Nothing
        title={words.noPlaces}
        state="info"
        action={<Button onClick={onDone}>{words.done}</Button>}
      />
    );
  }
  return (
    <>
      <div className={css.bar} role="region" aria-label={words.title}>
        <p>
          <b>{words.title}.</b> {words.how}
        </p>
        <span role="status">{moved.size > 0 && words.moved(moved.size)}</span>
        <Button look="ghost" onClick={() => setMoved(noMoves)}>
          {words.undo}
        </Button>
        <CopyButton text={jsonWith(shown, panels, rows)} label={words.copy} />
        <Button look="primary" onClick={onDone}>
          {words.done}
        </Button>
      </div>
      <div ref={grid} className={board.grid}>
        {rows.map(({ panel, pos, key }) => (
          <h2 key={key} className={board.row} style={placeOf(pos)}>
            {fillText(panel.title, filled)}
          </h2>
        ))}
        {panels.map(({ panel, pos }) => (
          <div
            key={`${panel.id} ${Object.values(panel.scoped ?? {}).join()}`}
            className={`${board.place} ${css.place}`}
            style={placeOf(pos)}
          >
            <PanelBox panel={panel} values={values} />
            {!panel.repeat && (
              <Handle
                title={fillText(panel.title, filled) || panel.type}
                pos={pos}
                grid={grid}
                onMove={(to) => move(panel, to)}
              />
            )}
          </div>
        ))}
      </div>
    </>
  );
}

const placeOf = ({ x, y, w, h }: GridPos) =>
  ({ '--x': x + 1, '--y': y + 1, '--w': w, '--h': h }) as CSSProperties;

interface HandleProps {
  readonly title: string;
  readonly pos: GridPos;
  readonly grid: React.RefObject<HTMLDivElement | null>;
  readonly onMove: (to: GridPos) => void;
}

/** Lies over the panel: the whole of it moves, its corner resizes; arrow keys do both. */
function Handle({ title, pos, grid, onMove }: HandleProps) {
  const from = useRef<{ x: number; y: number; pos: GridPos; resize: boolean } | null>(null);
  const begin = (event: PointerEvent<HTMLElement>, resize: boolean) => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, y: event.clientY, pos, resize };
  };
  const drag = (event: PointerEvent) => {
    const start = from.current;
    const width = grid.current?.clientWidth;
    if (!start || !width) return;
    const column = (width + GAP_PX) / COLUMNS;
    const dx = Math.round((event.clientX - start.x) / column);
    const dy = Math.round((event.clientY - start.y) / (CELL_PX + GAP_PX));
    onMove(shifted(start.pos, dx, dy, start.resize));
  };
  const end = () => (from.current = null);
  return (
    <button
      type="button"
      className={css.handle}
      aria-label={words.panel(title, pos.x, pos.y, pos.w, pos.h)}
      onPointerDown={(event) => begin(event, false)}
      onPointerMove={drag}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={(event) => {
        const by = ARROWS[event.key];
        if (!by) return;
        event.preventDefault();
        onMove(shifted(pos, by[0], by[1], event.shiftKey));
      }}
    >
      <i
        className={css.corner}
        onPointerDown={(event) => begin(event, true)}
        onPointerMove={drag}
        onPointerUp={end}
        onPointerCancel={end}
      />
    </button>
  );
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** One row up is above what stands there: half a row would do, a whole one is the least a place can say. */
const shifted = ({ x, y, w, h }: GridPos, dx: number, dy: number, resize: boolean): GridPos =>
  resize ? { x, y, w: w + dx, h: h + dy } : { x: x + dx, y: y + dy, w, h };

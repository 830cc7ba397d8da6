import { useMemo, useState, type CSSProperties } from 'react';
import { useKeys } from '../app/keys';
import { Icon } from '../parts';
import css from './board.module.css';
import { fillText, scopedOf, type Values } from './interpolate';
import { layout, panelNamed, type Box } from './layout';
import type { Dashboard, Panel } from './model';
import { PanelBox } from './PanelBox';
import type { Reading } from './sentence';

/** What every panel tells the page. */
export interface SharedByPanels {
  readonly onReadings: (id: number, readings: readonly Reading[]) => void;
  readonly onHover: (panel: Panel | null) => void;
}

const none: Values = {};

/** All panels on 24 columns, or the one that is viewed alone. */
export function BoardGrid({
  board,
  values,
  alone,
  shared,
}: {
  board: Dashboard;
  values: Values | null;
  alone: string | null;
  shared: SharedByPanels;
}) {
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set());
  const boxes = useMemo(
    () => layout(board.panels, values ?? none, (row) => row.collapsed !== turned.has(row.id)),
    [board, values, turned],
  );
  const rows = board.panels.filter(({ type }) => type === 'row');
  const turnAll = (open: boolean) => () =>
    setTurned(new Set(rows.filter(({ collapsed }) => collapsed === open).map(({ id }) => id)));
  useKeys({ 'd E': turnAll(true), 'd C': turnAll(false) });
  const turn = (id: number) =>
    setTurned((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const panel = alone ? panelNamed(board.panels, values ?? none, alone) : undefined;
  if (panel) {
    return (
      <div className={css.alone}>
        <PanelBox panel={panel} values={values} onHover={shared.onHover} />
      </div>
    );
  }
  return (
    <div className={css.grid}>
      {boxes.map((box) => (
        <BoxView key={box.key} box={box} values={values} turn={turn} shared={shared} />
      ))}
    </div>
  );
}

function BoxView({
  box,
  values,
  turn,
  shared,
}: {
  box: Box;
  values: Values | null;
  turn: (id: number) => void;
  shared: SharedByPanels;
}) {
  const { x, y, w, h } = box.pos;
  const place = { '--x': x + 1, '--y': y + 1, '--w': w, '--h': h } as CSSProperties;
  switch (box.kind) {
    case 'row':
      return (
        <h2 className={css.row} style={place}>
          <button type="button" aria-expanded={box.open} onClick={() => turn(box.panel.id)}>
            <Icon name={box.open ? 'down' : 'chevron'} size={14} />
            {fillText(box.panel.title, { ...values, ...scopedOf(box.panel, values ?? none) })}
            {!box.open && <small>{box.count === 1 ? '1 panel' : `${box.count} panels`}</small>}
          </button>
        </h2>
      );
    case 'strip':
      return (
        <div
          className={css.strip}
          style={
            {
              ...place,
              '--cells': box.panels.map(({ gridPos }) => `${gridPos.w}fr`).join(' '),
            } as CSSProperties
          }
        >
          {box.panels.map((panel) => (
            <PanelBox key={panel.id} panel={panel} values={values} inStrip {...shared} />
          ))}
        </div>
      );
    case 'panel':
      return (
        <div className={css.place} style={place}>
          <PanelBox panel={box.panel} values={values} {...shared} />
        </div>
      );
  }
}

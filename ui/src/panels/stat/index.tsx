import { changeOf, contextOf, reduced, shownOf, withSpans, type Reduced } from '../values';
import { gridOf, orientationOf, type Box } from '../tiles';
import type { Link, PanelViewProps } from '../panel';
import { lookOf } from '../look';
import css from './stat.module.css';
import { Tile, type TileStyle } from './Tile';

const SMALL_PX = 90;

/** A value, its unit smaller, one line of context and a spark line. Several values share the box as tiles. */
export default function Stat({ frames, options, oriel, width, height, links }: PanelViewProps) {
  const all = withSpans(reduced(frames, options, oriel.context));
  const context = contextOf(oriel.context, frames);
  const style = styleOf(options, all.length);
  const small =
    height <= SMALL_PX && all.length * 64 <= width && style.orientation !== 'horizontal';
  const grid = small
    ? { columns: all.length || 1, tile: sideBySide(all.length, { width, height }) }
    : gridOf(all.length, { width, height }, style.orientation, {
        least: { width: 84, height: style.named ? 40 : 30 },
      });
  return (
    <div
      className={css.stats}
      style={{
        height,
        gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`,
        gridAutoRows: grid.tile.height,
      }}
      tabIndex={small ? undefined : 0}
      role="group"
      aria-label="Values"
    >
      {all.map((one, i) => (
        <Tile
          key={`${i} ${one.refId} ${one.name}`}
          one={one}
          look={lookOf(shownOf(one), one.config, one.name, i)}
          style={style}
          words={style.named ? one.name : context}
          change={style.change ? changeOf(one) : null}
          box={grid.tile}
          link={linkOf(one, links)}
        />
      ))}
    </div>
  );
}

const GAP = 8;
const sideBySide = (count: number, { width, height }: Box): Box => ({
  width: (width - GAP * (count - 1)) / Math.max(1, count),
  height,
});

function linkOf(one: Reduced, links: PanelViewProps['links']): Link | undefined {
  return one.field && links?.(one.field, one.row ?? one.field.values.length - 1)[0];
}

interface Options {
  colorMode?: string;
  graphMode?: string;
  textMode?: string;
  justifyMode?: string;
  orientation?: string;
  showPercentChange?: boolean;
  percentChangeColorMode?: string;
  wideLayout?: boolean;
  text?: { valueSize?: number; titleSize?: number; percentSize?: number };
}

function styleOf(
  options: Options,
  count: number,
): TileStyle & { orientation: ReturnType<typeof orientationOf> } {
  const { textMode = 'auto', text = {} } = options;
  return {
    colour: colourOf(options.colorMode),
    graph: options.graphMode !== 'none',
    value: textMode !== 'name' && textMode !== 'none',
    onlyName: textMode === 'name',
    named: textMode === 'value_and_name' || (textMode === 'auto' && count > 1),
    wide: options.wideLayout !== false && textMode === 'value_and_name',
    centred: options.justifyMode === 'center',
    change: options.showPercentChange === true,
    valuePx: text.valueSize,
    titlePx: text.titleSize,
    orientation: orientationOf(options.orientation),
  };
}

function colourOf(mode: unknown): TileStyle['colour'] {
  return mode === 'none' || mode === 'background' || mode === 'background_solid' ? mode : 'value';
}

import { useId, type CSSProperties } from 'react';
import { toneColour } from '../../frames/colours';
import { displayText } from '../../frames/display';
import { Sparkline, StateGlyph } from '../../parts';
import { groundOf, type Look } from '../look';
import { anchorOf } from '../anchor';
import type { Link } from '../panel';
import { areaPaths, sparkOf } from '../spark';
import { emsOf, fontFor, type Box } from '../tiles';
import { shownOf, type Reduced } from '../values';
import css from './stat.module.css';

export interface TileStyle {
  readonly colour: 'none' | 'value' | 'background' | 'background_solid';
  readonly graph: boolean;
  readonly value: boolean;
  readonly onlyName: boolean;
  readonly named: boolean;
  /** Name on the left and value on the right where the tile is wide. */
  readonly wide: boolean;
  readonly centred: boolean;
  readonly change: boolean;
  readonly valuePx?: number;
  readonly titlePx?: number;
}

interface TileProps {
  readonly one: Reduced;
  readonly look: Look;
  readonly style: TileStyle;
  /** Under the value: the name of one of several, else the context line. */
  readonly words: string;
  readonly change: number | null;
  readonly box: Box;
  readonly link: Link | undefined;
}

const SPARK_FROM_PX = 118;
const TALL_PX = 90;
const PAD_PX = 10;
const WIDE = 2.5;
const AREA_SHARE = 0.38;

/** One value in its box: as large as the box and its words allow, nothing cut. */
export function Tile({ one, look, style, words, change, box, link }: TileProps) {
  const grounded = style.colour === 'background' || style.colour === 'background_solid';
  const ground = grounded ? groundOf(look, style.colour === 'background_solid') : undefined;
  const tall = box.height > TALL_PX;
  const wide = style.wide && box.width / box.height > WIDE && words !== '';
  const inner = box.width - (ground ? 2 * PAD_PX : 0) - (wide ? emsOf(words) * 12 + 12 : 0);
  const spark = style.graph && one.values.length > 2 && box.width >= SPARK_FROM_PX;
  const areaPx = Math.round(box.height * AREA_SHARE);
  const coloured = style.colour !== 'none';
  const colour = coloured ? (look.judged ? toneColour(look.judged) : look.colour?.fill) : undefined;
  const classes = [
    css.tile,
    ground ? css.grounded : '',
    style.centred ? css.centred : '',
    wide ? css.wide : '',
  ];
  const head = (
    <Value one={one} look={look} style={style} width={inner} box={box} link={link} spark={spark} />
  );
  return (
    <div
      className={classes.join(' ')}
      style={{ background: ground, paddingBottom: tall && spark ? areaPx : undefined }}
    >
      {!tall && spark && !wide ? (
        <div className={css.line}>
          {head}
          <Sparkline
            values={sparkOf(one.values, one.times)}
            width={46}
            height={20}
            colour={colour ?? 'var(--c1)'}
          />
        </div>
      ) : (
        head
      )}
      {words && !style.onlyName && (
        <div
          className={css.context}
          style={{ fontSize: style.titlePx && Math.min(style.titlePx, 18) }}
          title={words}
        >
          {words}
        </div>
      )}
      {change !== null && <Change share={change} />}
      {tall && spark && (
        <Area
          one={one}
          width={Math.round(box.width)}
          height={areaPx}
          colour={colour ?? 'var(--c1)'}
        />
      )}
    </div>
  );
}

const SMALL = { least: 12, most: 18 };
const LARGE = { least: 12, most: 34 };
const GLYPH_EM = 1.2;
const UNIT_SHARE = 0.62;

function Value(props: Omit<TileProps, 'words' | 'change'> & { width: number; spark: boolean }) {
  const { one, look, style, width, box, link, spark } = props;
  if (!style.value && !style.onlyName) return null;
  const { prefix, text, unit, known } = style.onlyName
    ? { prefix: '', text: one.name, unit: '', known: true }
    : look;
  const judged = style.colour === 'none' ? null : look.judged;
  const tall = box.height > TALL_PX;
  const ems =
    emsOf(prefix + text) + (unit ? emsOf(` ${unit}`) * UNIT_SHARE : 0) + (judged ? GLYPH_EM : 0);
  const room = width - (spark && !tall ? 54 : 0);
  const most = style.valuePx
    ? Math.min(style.valuePx, box.height * 0.6)
    : Math.min(tall ? LARGE.most : SMALL.most, Math.max(SMALL.most, box.height * 0.22));
  const px = known || style.onlyName ? fontFor(ems, room, { least: SMALL.least, most }) : 13;
  const ink =
    style.colour === 'value' ? (judged ? `var(--${judged})` : look.colour?.ink) : undefined;
  const whole = style.onlyName ? one.name : displayText(shownOf(one), one.config);
  const content = (
    <>
      {judged && <StateGlyph state={judged} />}
      <span className={css.text}>
        {prefix}
        {text}
        {unit && <small> {unit}</small>}
      </span>
    </>
  );
  return (
    <output
      className={`${css.value} ${known ? '' : css.empty}`}
      style={{ fontSize: px, '--ink': known ? ink : undefined } as CSSProperties}
      title={whole.length > 12 ? whole : undefined}
    >
      {link ? <a {...anchorOf(link)}>{content}</a> : content}
    </output>
  );
}

/** Against the start of the range. Neither up nor down is good by itself: no colour. */
function Change({ share }: { share: number }) {
  const percent = Math.abs(share * 100);
  const told = percent >= 10 ? percent.toFixed(0) : percent.toFixed(1);
  const way = share > 0 ? '\u2191' : share < 0 ? '\u2193' : '';
  return (
    <div className={css.context} title="against the start of the range">
      {`${way} ${told}\u00a0%`}
    </div>
  );
}

/** The values of the range as an area along the foot of a tall tile. */
function Area({
  one,
  width,
  height,
  colour,
}: {
  one: Reduced;
  width: number;
  height: number;
  colour: string;
}) {
  const id = useId();
  const { line, area } = areaPaths(sparkOf(one.values, one.times), width, height);
  return (
    <svg className={css.area} width={width} height={height} aria-hidden="true">
      <linearGradient id={id} x1="0" x2="0" y1="0" y2="1">
        <stop offset="0" stopColor={colour} stopOpacity="0.2" />
        <stop offset="1" stopColor={colour} stopOpacity="0.02" />
      </linearGradient>
      <path d={area} fill={`url(#${id})`} />
      <path d={line} fill="none" stroke={colour} strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}

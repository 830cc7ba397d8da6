import { texts } from '../../app/texts';
import { clock } from '../../format';
import { visible } from '../../format/visible';
import { Nothing, Tag } from '../../parts';
import css from '../alertlist/alertlist.module.css';
import type { Mark, PanelViewProps } from '../panel';

const words = texts.kinds.annotations;
const MOST = 10;

/** What happened within the range, newest first; a click shows the time around it. */
export default function AnnoList({
  annotations = [],
  options,
  range,
  height,
  onZoom,
}: PanelViewProps) {
  const tags = (Array.isArray(options['tags']) ? (options['tags'] as unknown[]) : []).filter(
    (tag): tag is string => typeof tag === 'string',
  );
  const fitting = annotations.filter((mark) => tags.every((tag) => mark.tags.includes(tag)));
  if (fitting.length === 0) {
    return (
      <Nothing state="info" title={annotations.length ? words.noneFit : words.none} height={height}>
        {annotations.length === 0 && words.noneWhy}
      </Nothing>
    );
  }
  const newest = [...fitting].sort((a, b) => b.fromMs - a.fromMs);
  const most = Math.max(1, Number(options['limit']) || MOST);
  return (
    <div className={css.scroll} style={{ height }} tabIndex={0}>
      <ul aria-label={words.list}>
        {newest.slice(0, most).map((mark, i) => (
          <Row key={i} mark={mark} options={options} range={range} onZoom={onZoom} />
        ))}
      </ul>
      {newest.length > most && <p className={css.more}>{words.more(newest.length - most)}</p>}
    </div>
  );
}

const QUARTER = 900_000;

function Row({
  mark,
  options,
  range,
  onZoom,
}: { mark: Mark } & Pick<PanelViewProps, 'options' | 'range' | 'onZoom'>) {
  const { fromMs, toMs = mark.fromMs, title, text, tags, colour } = mark;
  const around = Math.min(QUARTER, (range.toMs - range.fromMs) / 4);
  const name = visible(title || text);
  return (
    <li className={css.row}>
      <i style={{ background: colour }} />
      <div>
        <button
          type="button"
          aria-label={words.show(name)}
          onClick={() => onZoom(fromMs - around, toMs + around)}
        >
          {name}
        </button>
        {title && text && <p>{visible(text)}</p>}
        {options['showTags'] !== false && tags.length > 0 && (
          <p>
            {tags.map((tag) => (
              <Tag key={tag}>{visible(tag)}</Tag>
            ))}
          </p>
        )}
      </div>
      {options['showTime'] !== false && (
        <small>
          <time>{clock(fromMs, range.toMs)}</time>
        </small>
      )}
    </li>
  );
}

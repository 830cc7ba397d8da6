/** Data links: where a value leads, with what stands in its row filled in. */
import { basePath } from '../api/client';
import { displayText } from '../frames/display';
import { timeOf, type Field, type FieldConfig, type Frame } from '../frames/frame';
import type { Link } from '../panels/panel';
import { addressParts, fillAs, fillText, single, type Chosen, type Values } from './interpolate';

interface Template {
  readonly title?: string;
  readonly url?: string;
  readonly targetBlank?: boolean;
}

/** For the panel's view: the links of a field's row. */
export function dataLinks(
  frames: readonly Frame[],
  values: Values,
  time: { readonly from: string; readonly to: string },
): (field: Field, row: number) => readonly Link[] {
  let page: Values | undefined; // made for the first link: most panels have none
  return (field, row) => {
    const templates = field.config?.links ?? [];
    if (templates.length === 0) return [];
    page ??= { ...values, ...addressParts(values, time) };
    const frame = frames.find(({ fields }) => fields.includes(field));
    const all = { ...page, ...rowValues(frame, field, row) };
    return templates.flatMap((template) => linkOf(template, all));
  };
}

function linkOf({ title = '', url = '', targetBlank }: Template, values: Values): Link[] {
  const href = safeAddress(fillAs(url.replace(/\s+/g, ' ').trim(), values, 'uriencode'));
  if (href === undefined) return [];
  return [{ title: fillText(title, values) || href, href, newTab: targetBlank === true }];
}

/** A link of the board or a panel, filled in. */
export function filledLink(
  link: { readonly title: string; readonly url: string; readonly newTab: boolean },
  values: Values,
  time: { readonly from: string; readonly to: string },
  carries: { readonly includeVars?: boolean; readonly keepTime?: boolean } = {},
): Link | undefined {
  const all = { ...values, ...addressParts(values, time) };
  const href = safeAddress(fillAs(link.url, all, 'uriencode'));
  if (href === undefined) return undefined;
  return {
    title: fillText(link.title, all) || href,
    href: withCarried(href, all, carries),
    newTab: link.newTab,
  };
}

/** The choices of all variables and the range, carried over. */
export function withCarried(
  href: string,
  values: Values,
  { includeVars, keepTime }: { readonly includeVars?: boolean; readonly keepTime?: boolean },
): string {
  const parts = [
    keepTime ? values['__url_time_range']?.values[0] : '',
    includeVars ? values['__all_variables']?.values[0] : '',
  ].filter(Boolean);
  if (parts.length === 0) return href;
  const [path = '', hash] = href.split('#');
  const joined = path + (path.includes('?') ? '&' : '?') + parts.join('&');
  return hash === undefined ? joined : `${joined}#${hash}`;
}

/**
 * An address a link may have: of the web, of mail, or of our own pages. Undefined for anything else, such
 * as a script.
 */
export function safeAddress(url: string): string | undefined {
  if (/^(https?:|mailto:)/i.test(url)) return url;
  if (url === '' || /^[a-z][\w+.-]*:/i.test(url) || url.startsWith('//')) return undefined;
  if (/^[?#]/.test(url)) return url;
  return basePath() + url.replace(/^\/+/, '');
}

function rowValues(frame: Frame | undefined, field: Field, row: number): Values {
  const { config = {}, labels = {} } = field;
  const value = field.values[row] ?? null;
  const time = frame && timeOf(frame)?.values[row];
  return {
    __value: said(plain(value), (path) => ofValue(path, value, config, time)),
    __field: said(field.name, (path) => (path === 'name' ? field.name : ofLabels(path, labels))),
    __series: said(field.name, () => field.name),
    __data: said('', (path) => ofData(path, frame, row)),
  };
}

const said = (text: string, part: Chosen['part']): Chosen => single(text, part);

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

const told = (value: unknown, config: FieldConfig): string =>
  typeof value === 'number' || typeof value === 'string'
    ? displayText(value, config)
    : plain(value);

function ofValue(
  path: string,
  value: unknown,
  config: FieldConfig,
  time: number | null | undefined,
): string | undefined {
  switch (path) {
    case 'raw':
    case 'numeric':
      return plain(value);
    case 'text':
      return told(value, config);
    case 'time':
      return plain(time);
    default:
      return undefined;
  }
}

/** `labels.x`, `labels["x"]` */
function ofLabels(path: string, labels: Readonly<Record<string, string>>): string | undefined {
  const name = keyOf(path, 'labels');
  if (name === undefined) return path === 'labels' ? plain(labels) : undefined;
  return Object.hasOwn(labels, name.key) ? labels[name.key] : '';
}

/** `fields.x`, `fields["x y"]`, `fields[0]`, with `.text` or `.numeric` behind; `name` and `refId` of the frame. */
function ofData(path: string, frame: Frame | undefined, row: number): string | undefined {
  if (!frame) return undefined;
  if (path === 'refId') return frame.refId;
  const wanted = keyOf(path, 'fields');
  if (!wanted) return undefined;
  const { key, rest } = wanted;
  const found =
    frame.fields.find(({ name }) => name === key) ??
    frame.fields.find(({ labels }) => labels && Object.hasOwn(labels, key)) ??
    (/^\d+$/.test(key) ? frame.fields[Number(key)] : undefined);
  if (!found) return '';
  if (found.name !== key && found.labels && Object.hasOwn(found.labels, key))
    return found.labels[key];
  const value = found.values[row];
  return rest === '.text' ? told(value, found.config ?? {}) : plain(value);
}

function keyOf(path: string, head: string): { key: string; rest: string } | undefined {
  if (!path.startsWith(head)) return undefined;
  const tail = path.slice(head.length);
  const quoted = /^\[\s*(?:"([^"]*)"|'([^']*)'|(\d+))\s*\](.*)$/.exec(tail);
  if (quoted) return { key: (quoted[1] ?? quoted[2] ?? quoted[3])!, rest: quoted[4]! };
  const dotted = /^\.(.+?)(\.(?:text|numeric))?$/.exec(tail);
  return dotted ? { key: dotted[1]!, rest: dotted[2] ?? '' } : undefined;
}

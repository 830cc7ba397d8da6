import type { DataFrame, Field } from '@grafana/data';
import { toRegex } from '../../display';
import { fieldNamed, refuseMany } from '../bounds';
import { safeName } from '../names';
import { Refused } from '../refused';
import type { Json } from '../table';
import { columnOf, isTime, listOf, textOf } from './columns';

const MOST_FIELDS = 1_000;

/** Takes a column apart whose cells hold several values: JSON, `a=b` pairs, a list, or what an expression finds. */
export function extractFields(frames: DataFrame[], options: Json): DataFrame[] {
  const parse = parserOf(options);
  return frames.map((frame) => {
    const source = fieldNamed(frame, options['source'], frames);
    if (!source) return frame;
    const found = columnsOf(source.values.map(parse), options);
    const kept = options['replace']
      ? options['keepTime']
        ? frame.fields.filter(isTime)
        : []
      : frame.fields;
    return { ...frame, fields: [...kept, ...found] };
  });
}

type Parsed = Readonly<Record<string, unknown>>;
const NOTHING: Parsed = {};

function columnsOf(rows: readonly Parsed[], options: Json): Field[] {
  const paths = listOf(options['jsonPaths']).filter(({ path }) => textOf(path));
  if (paths.length && (options['format'] ?? 'auto') !== 'kvp') {
    return paths.map(({ path, alias }) =>
      columnOf(
        safeName(textOf(alias, textOf(path))),
        rows.map((row) => atPath(row, textOf(path))),
      ),
    );
  }
  const names = new Set<string>();
  for (const row of rows) {
    for (const name of Object.keys(row)) names.add(name);
    refuseMany(names.size, MOST_FIELDS, 'columns');
  }
  return [...names].map((name) =>
    columnOf(
      safeName(name),
      rows.map((row) => (Object.hasOwn(row, name) ? (row[name] ?? null) : null)),
    ),
  );
}

function parserOf(options: Json): (cell: unknown) => Parsed {
  const format = textOf(options['format'], 'auto');
  const text = textParserOf(format, options);
  return (cell) => {
    if (typeof cell === 'object' && cell !== null) return { ...cell };
    return typeof cell === 'string' ? text(cell) : NOTHING;
  };
}

function textParserOf(format: string, options: Json): (text: string) => Parsed {
  switch (format) {
    case 'json':
      return asJson;
    case 'kvp':
      return asPairs;
    case 'auto':
      return (text) => (/^\s*[[{]/.test(text) ? asJson(text) : asPairs(text));
    case 'delimiter':
      return (text) => {
        const parts = text.split(textOf(options['delimiter'], ',')).map((part) => part.trim());
        return Object.fromEntries(parts.filter(Boolean).map((part) => [part, part]));
      };
    case 'regexp': {
      const regex = toRegex(textOf(options['regExp'], '/(?<NewField>.*)/'));
      if (!regex) throw new Refused(`"${textOf(options['regExp'])}" is no regular expression`);
      return (text) => ({ ...regex.exec(text)?.groups });
    }
    default:
      throw new Refused(`it knows no format "${format}"`);
  }
}

function asJson(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : NOTHING;
  } catch {
    return NOTHING;
  }
}

const PAIR = /([^\s=:,;"'{}]+)\s*[=:]\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s,;}]*))/g;

function asPairs(text: string): Parsed {
  return Object.fromEntries(
    [...text.matchAll(PAIR)].map(([, name, quoted, single, bare]) => [
      name!,
      quoted?.replace(/\\(.)/g, '$1') ?? single ?? bare ?? '',
    ]),
  );
}

/** `a.b[0]`, step by step; null where a step leads nowhere. */
function atPath(row: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter(Boolean)
    .reduce<unknown>(
      (at, key) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Json)[key] : null,
      row,
    );
}

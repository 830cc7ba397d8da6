/** What the variables of a board can be and are: from its JSON, the address bar and the store. */
import { toRegex } from '../frames/display';
import { natural } from '../frames/heat';
import { type Chosen, fillQuery, namesIn, type Values } from './interpolate';
import type { Option, Variable } from './model';

/** The four questions a query variable may ask of the store. */
export interface VariableSource {
  labelNames(): Promise<string[]>;
  labelValues(label: string, match?: string): Promise<string[]>;
  metricNames(): Promise<string[]>;
  /** Each series of the answer, written as `name{labels} value time`, which the regex then cuts. */
  queryResult(expr: string): Promise<string[]>;
}

/** A variable with what it offers and what is chosen. */
export interface Resolved {
  readonly variable: Variable;
  readonly options: readonly Option[];
  /** Chosen values; `$__all` alone for all. */
  readonly chosen: readonly string[];
}

export const ALL = '$__all';

/**
 * Finds options and choice of every variable, in an order in which each comes after those that its
 * query names. `asked` is what the address bar says (`var-host=a&var-host=b`); where that is nothing,
 * the board's own choice holds if it still exists, else the first option.
 */
export async function resolveVariables(
  variables: readonly Variable[],
  asked: Readonly<Record<string, readonly string[]>>,
  source: VariableSource,
  time: Values,
): Promise<Resolved[]> {
  const done = new Map<string, Resolved>();
  for (const variable of inOrder(variables)) {
    const values = { ...time, ...valuesOf([...done.values()]) };
    const options = await optionsOf(variable, values, source);
    done.set(variable.name, {
      variable,
      options,
      chosen: choose(
        variable,
        options,
        Object.hasOwn(asked, variable.name) ? asked[variable.name] : undefined,
      ),
    });
  }
  return variables.flatMap(({ name }) => done.get(name) ?? []);
}

/** As the interpolation wants them. */
export function valuesOf(resolved: readonly Resolved[]): Values {
  return Object.fromEntries(resolved.map((one) => [one.variable.name, chosenOf(one)]));
}

function chosenOf({ variable, options, chosen }: Resolved): Chosen {
  const multi = variable.multi || variable.includeAll;
  if (chosen[0] !== ALL) {
    const texts = chosen.map(
      (value) => options.find((option) => option.value === value)?.text ?? value,
    );
    return { values: chosen, texts, multi };
  }
  return {
    values: options.map(({ value }) => value),
    texts: ['All'],
    multi,
    allValue: variable.allValue,
  };
}

/** Those a variable's query names come before it; a circle is cut where it closes. */
function inOrder(variables: readonly Variable[]): Variable[] {
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const out = new Set<Variable>();
  const seen = new Set<Variable>();
  const visit = (variable: Variable) => {
    if (seen.has(variable)) return;
    seen.add(variable);
    namesIn(variable.query).forEach((name) => byName.has(name) && visit(byName.get(name)!));
    out.add(variable);
  };
  variables.forEach(visit);
  return [...out];
}

async function optionsOf(
  variable: Variable,
  values: Values,
  source: VariableSource,
): Promise<Option[]> {
  switch (variable.type) {
    case 'query':
      return sorted(
        cut(await ask(fillQuery(variable.query, values), source), variable.regex),
        variable.sort,
      );
    case 'custom':
      return customOptions(variable.query);
    case 'interval':
      return variable.query.split(',').map((part) => plain(part.trim()));
    case 'datasource':
      return [{ text: 'This Oriel', value: 'oriel' }];
    case 'constant':
    case 'textbox':
      return [plain(variable.query)];
    default:
      return [...variable.options];
  }
}

const plain = (value: string): Option => ({ text: value, value });

/** `one, two, Label : value`, with `\,` for a comma inside. */
function customOptions(query: string): Option[] {
  return query
    .split(/(?<!\\),/)
    .map((part) => part.replace(/\\,/g, ',').trim())
    .filter(Boolean)
    .map((part) => {
      const pair = /^(.+?)\s+:\s+(.+)$/.exec(part);
      return pair ? { text: pair[1]!, value: pair[2]! } : plain(part);
    });
}

/** `label_values(metric{...}, label)`, `label_values(label)`, `label_names()`, `metrics(regex)`, `query_result(expr)`. */
async function ask(query: string, source: VariableSource): Promise<string[]> {
  const call = /^\s*(label_values|label_names|metrics|query_result)\s*\((.*)\)\s*$/s.exec(query);
  if (!call) return query.trim() === '' ? [] : source.queryResult(query);
  const [, name, inner = ''] = call;
  if (name === 'label_names') return source.labelNames();
  if (name === 'query_result') return source.queryResult(inner);
  if (name === 'metrics') {
    const regex = toRegex(`/${inner.trim() || '.*'}/`);
    return (await source.metricNames()).filter((metric) => regex?.test(metric));
  }
  const comma = inner.lastIndexOf(',');
  if (comma < 0 || /[}\])]/.test(inner.slice(comma))) return source.labelValues(inner.trim());
  return source.labelValues(inner.slice(comma + 1).trim(), inner.slice(0, comma).trim());
}

/** The board's regex picks from each answer: its first group, or `(?<text>)` and `(?<value>)`. */
function cut(found: readonly string[], pattern: string): Option[] {
  const regex = pattern ? toRegex(pattern.startsWith('/') ? pattern : `/${pattern}/`) : null;
  const options = found.flatMap((text): Option[] => {
    if (!regex) return [plain(text)];
    const match = regex.exec(text);
    if (!match) return [];
    const value = match.groups?.['value'] ?? match[1] ?? match[0];
    return [{ text: match.groups?.['text'] ?? value, value }];
  });
  return options.filter(
    (option, i) => options.findIndex(({ value }) => value === option.value) === i,
  );
}

/** Grafana's numbers: 1 and 2 by letter, 3 and 4 as numbers, 5 and 6 without case, 7 and 8 natural; even is falling. */
function sorted(options: readonly Option[], sort: number): Option[] {
  if (sort === 0) return [...options];
  const rising = [...options].sort((a, b) => natural(a.text, b.text));
  return sort % 2 === 1 ? rising : rising.reverse();
}

function choose(
  variable: Variable,
  options: readonly Option[],
  asked: readonly string[] | undefined,
): string[] {
  if (variable.type === 'constant') return [variable.query];
  if (variable.type === 'textbox') return [asked?.[0] ?? variable.current[0] ?? variable.query];
  if (asked?.length) return asked.includes('All') || asked.includes(ALL) ? [ALL] : [...asked];
  const known = new Set(options.map(({ value }) => value));
  if (variable.includeAll && variable.current.includes(ALL)) return [ALL];
  const kept = variable.current.filter((value) => known.has(value));
  if (kept.length) return variable.multi ? kept : kept.slice(0, 1);
  if (options[0]) return [options[0].value];
  return variable.includeAll ? [ALL] : [];
}

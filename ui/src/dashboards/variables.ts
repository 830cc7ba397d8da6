/** What the variables of a board can be and are: from its JSON, the address bar and the store. */
import { durationText } from '../query/timeText';
import { type Chosen, namesIn, single, type Values } from './interpolate';
import type { Filter, Option, Variable } from './model';
import { autoInterval, autoOf, optionsOf, type VariableSource } from './options';

export type { VariableSource } from './options';

/** A variable with what it offers and what is chosen. */
export interface Resolved {
  readonly variable: Variable;
  readonly options: readonly Option[];
  /** Chosen values; `$__all` alone for all. */
  readonly chosen: readonly string[];
  /** Of an ad-hoc variable: the conditions it adds now. */
  readonly filters: readonly Filter[];
  /** What an interval chosen as `auto` is now. */
  readonly auto?: string;
  /** Why its options could not be had. */
  readonly problem?: Error;
}

export const ALL = '$__all';

/** Which failures are the question's own: the other variables are asked all the same. */
export type IsOwnFault = (cause: unknown) => boolean;

/**
 * Finds options and choice of every variable, each after those that its query names. `asked` is what the
 * address bar says (`var-host=a&var-host=b`); where that is nothing, the board's own choice holds if it
 * still exists, else all or the first option.
 */
export async function resolveVariables(
  variables: readonly Variable[],
  asked: Readonly<Record<string, readonly string[]>>,
  source: VariableSource,
  time: Values,
  isOwnFault: IsOwnFault = () => false,
): Promise<Resolved[]> {
  const done = new Map<string, Promise<Resolved>>();
  for (const { variable, needs } of inOrder(variables)) {
    const before = needs.flatMap((name) => done.get(name) ?? []);
    const own = Object.hasOwn(asked, variable.name) ? asked[variable.name] : undefined;
    const one = Promise.all(before).then((resolved) =>
      resolveOne(variable, own, source, { ...time, ...valuesOf(resolved) }, isOwnFault),
    );
    done.set(variable.name, one);
  }
  const all = await Promise.all(done.values());
  const byName = new Map(all.map((one) => [one.variable.name, one]));
  return variables.flatMap(({ name }) => byName.get(name) ?? []);
}

async function resolveOne(
  variable: Variable,
  asked: readonly string[] | undefined,
  source: VariableSource,
  values: Values,
  isOwnFault: IsOwnFault,
): Promise<Resolved> {
  let options: readonly Option[] = [];
  let problem: Error | undefined;
  try {
    options = await optionsOf(variable, values, source);
  } catch (cause) {
    if (!isOwnFault(cause) || !(cause instanceof Error)) throw cause;
    problem = cause;
  }
  const rangeMs = Number(values['__range_ms']?.values[0] ?? 0);
  return {
    variable,
    options,
    problem,
    chosen: choose(variable, options, asked),
    filters: variable.type === 'adhoc' ? (asked?.flatMap(readFilter) ?? variable.filters) : [],
    auto: variable.auto ? durationText(autoInterval(variable, rangeMs)) : undefined,
  };
}

/** As the interpolation wants them. */
export function valuesOf(resolved: readonly Resolved[]): Values {
  return Object.fromEntries(resolved.map((one) => [one.variable.name, chosenOf(one)]));
}

function chosenOf({ variable, options, chosen, auto, filters }: Resolved): Chosen {
  const multi = variable.multi || variable.includeAll;
  const list = variable.multi;
  if (variable.type === 'adhoc') {
    const words = filters.map(({ key, operator, value }) => `${key}${operator}"${value}"`);
    return single(words.join(','));
  }
  if (chosen[0] === ALL) {
    return {
      values: options.map(({ value }) => value),
      texts: ['All'],
      each: options.map(({ text }) => text),
      multi,
      list: true,
      all: true,
      allValue: variable.allValue,
    };
  }
  const texts = chosen.map(
    (value) => options.find((option) => option.value === value)?.text ?? value,
  );
  const values = chosen.map((value) => (value === autoOf(variable.name) && auto ? auto : value));
  return { values, texts, multi, list };
}

/** The conditions that all ad-hoc variables of a board add to each query. */
export const filtersOf = (resolved: readonly Resolved[]): Filter[] =>
  resolved.flatMap(({ filters }) => filters).filter(({ key }) => key !== '');

/** The same before anything is resolved: conditions need no question. */
export const filtersAsked = (
  variables: readonly Variable[],
  asked: Readonly<Record<string, readonly string[]>>,
): Filter[] =>
  variables
    .filter(({ type }) => type === 'adhoc')
    .flatMap(({ name, filters }) =>
      Object.hasOwn(asked, name) ? asked[name]!.flatMap(readFilter) : filters,
    )
    .filter(({ key }) => key !== '');

/** `key|operator|value`, as the address bar carries a condition. */
function readFilter(text: string): Filter[] {
  const [key = '', operator = '=', ...value] = text.split('|');
  if (key === '') return [];
  return [{ key: spared(key), operator: spared(operator), value: spared(value.join('|')) }];
}

export const filterText = ({ key, operator, value }: Filter): string =>
  [key, operator, value].map((part) => part.replaceAll('|', '__gfp__')).join('|');

const spared = (text: string): string =>
  text.replaceAll('__gfp__', '|').replaceAll('__gfc__', ',').replaceAll('__gfh__', '#');

/** Those a variable names come before it; a circle is cut where it closes. */
function inOrder(variables: readonly Variable[]): { variable: Variable; needs: string[] }[] {
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const out: { variable: Variable; needs: string[] }[] = [];
  const seen = new Set<Variable>();
  const visit = (variable: Variable) => {
    if (seen.has(variable)) return;
    seen.add(variable);
    const needs = needsOf(variable).filter((name) => byName.has(name) && name !== variable.name);
    needs.forEach((name) => visit(byName.get(name)!));
    out.push({ variable, needs });
  };
  variables.forEach(visit);
  return out;
}

const needsOf = ({ query, regex, allValue = '' }: Variable): string[] => [
  ...new Set([query, regex, allValue].flatMap(namesIn)),
];

function choose(
  variable: Variable,
  options: readonly Option[],
  asked: readonly string[] | undefined,
): string[] {
  const { type, current } = variable;
  if (type === 'adhoc') return [];
  if (type === 'constant') return [variable.query || (current[0] ?? '')];
  if (type === 'datasource') return options.map(({ value }) => value).slice(0, 1);
  if (type === 'textbox') return [asked?.[0] ?? current[0] ?? variable.query];
  if (asked?.length) return fromAddress(variable, asked, options);
  return choiceOfBoard(variable, options);
}

/** The address may say a value, the word that is shown for it, or one that is not offered (any more). */
function fromAddress(
  variable: Variable,
  asked: readonly string[],
  options: readonly Option[],
): string[] {
  if (variable.includeAll && (asked.includes('All') || asked.includes(ALL))) return [ALL];
  if (variable.type === 'interval' && /^(auto|\$__auto)/.test(asked[0]!) && variable.auto)
    return [autoOf(variable.name)];
  const values = asked
    .filter((value) => value !== '' || options.some((option) => option.value === ''))
    .map((value) =>
      options.some((option) => option.value === value)
        ? value
        : (options.find((option) => option.text === value)?.value ?? value),
    );
  return variable.multi ? values : values.slice(0, 1);
}

function choiceOfBoard(variable: Variable, options: readonly Option[]): string[] {
  const { includeAll, multi, current, source, type } = variable;
  if (includeAll && (current.includes(ALL) || current.includes('All'))) return [ALL];
  const isAuto = type === 'interval' && /^(auto|\$__auto)/.test(current[0] ?? '');
  if (isAuto && variable.auto) return [autoOf(variable.name)];
  const known = new Set(options.map(({ value }) => value));
  const foreign = type === 'query' && source.kind !== 'prometheus';
  const kept = current.filter((value) => known.has(value) || (foreign && value !== ''));
  if (kept.length) return multi ? kept : kept.slice(0, 1);
  if (type === 'groupby') return [];
  if (includeAll) return [ALL];
  return options[0] ? [options[0].value] : [];
}

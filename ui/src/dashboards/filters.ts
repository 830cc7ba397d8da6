/** Conditions of ad-hoc variables as matchers, and series as the texts that a variable's regex cuts. */
import type { Filter } from './model';
import type { Matcher } from './promql';

/** `=|` and `!=|` are "one of" and "none of"; greater and less are no matchers of PromQL. */
const OPERATORS: Readonly<Record<string, string>> = {
  '=': '=',
  '!=': '!=',
  '=~': '=~',
  '!~': '!~',
  '=|': '=~',
  '!=|': '!~',
};

export const matchersOf = (filters: readonly Filter[]): Matcher[] =>
  filters.flatMap(({ key, operator, value }) =>
    Object.hasOwn(OPERATORS, operator)
      ? [{ label: key, operator: OPERATORS[operator]!, value }]
      : [],
  );

/** `name{label="value",...}`, as the regexes of boards know it: braces always, nothing escaped. */
export function seriesText(labels: Readonly<Record<string, string>>): string {
  const { __name__: name = '', ...rest } = labels;
  const inner = Object.entries(rest).map(([label, value]) => `${label}="${value}"`);
  return `${name}{${inner.join(',')}}`;
}

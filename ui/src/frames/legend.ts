/** Names of series: by the dashboard's `{{label}}` template, or by what tells the series apart. */

export type Labels = Readonly<Record<string, string>>;

/** A label's value. Names come from anywhere: `constructor` is a label only where a series has it. */
export function labelOf(labels: Labels, name: string): string | undefined {
  return Object.hasOwn(labels, name) ? labels[name] : undefined;
}

/** `{{cpu}} busy` with the labels filled in; a label that is not there becomes nothing, as in Grafana. */
export function fillLegend(template: string, labels: Labels): string {
  return template.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, name: string) => labelOf(labels, name) ?? '');
}

/** The series as PromQL writes it: `up{job="node"}`. */
export function seriesName(labels: Labels): string {
  const { __name__: metric = '', ...rest } = labels;
  const inner = Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return inner.length ? `${metric}{${inner.join(', ')}}` : metric;
}

/**
 * Names for the series of one answer. With a template, by it. With `__auto`, by the value of the one label that
 * they have, as Grafana does, else by the values of those labels that differ within the answer: shared ones say
 * nothing. Otherwise as PromQL writes them; a series without any label is called as the query.
 */
export function nameSeries(
  all: readonly Labels[],
  template: string | undefined,
  expr: string,
): string[] {
  if (template && template !== '__auto') return all.map((labels) => fillLegend(template, labels));
  const names = [...new Set(all.flatMap((labels) => Object.keys(labels)))];
  const telling =
    template !== '__auto'
      ? []
      : names.length === 1
        ? names
        : names.filter(
            (name) => new Set(all.map((labels) => labelOf(labels, name) ?? '')).size > 1,
          );
  return all.map(
    (labels) =>
      telling
        .map((name) => labelOf(labels, name))
        .filter(Boolean)
        .join(', ') ||
      seriesName(labels) ||
      expr,
  );
}

/** Drops what all names begin with, at a word's end, if enough is left to tell them apart. */
export function dropSharedPrefix(names: readonly string[]): string[] {
  if (names.length < 3) return [...names];
  const [first = '', ...others] = names;
  let shared = first.length;
  for (const name of others) {
    let same = 0;
    while (same < shared && name[same] === first[same]) same++;
    shared = same;
  }
  const cut = first.slice(0, shared).search(/[^\s/_:.-]+$/);
  const at = cut < 0 ? shared : cut;
  return at < 6 || names.some((name) => name.length <= at)
    ? [...names]
    : names.map((name) => name.slice(at));
}

/** A board's own annotation queries as marks. Pure. */
import type { RangeSeries } from '../../api/prometheus';
import { fixedColour } from '../../frames/colours';
import { fillLegend, labelOf, type Labels } from '../../frames/legend';
import type { Mark } from '../../panels/panel';
import type { AnnotationQuery } from '../model';

/** Each stretch of time in which a series has a value other than 0 is one mark, as in Grafana. */
export function marksOf(
  query: AnnotationQuery,
  series: readonly RangeSeries[],
  stepMs: number,
): Mark[] {
  return series.flatMap(({ labels, times, values }) => {
    const told = toldOf(query, labels);
    if (query.useValueForTime) return byValue(values, told);
    const marks: Mark[] = [];
    let last: { fromMs: number; toMs: number } | null = null;
    times.forEach((at, i) => {
      if (!(values[i]! > 0)) return (last = null);
      if (last && at - last.toMs <= 1.5 * stepMs) return (last.toMs = at);
      last = { fromMs: at, toMs: at };
      marks.push(Object.assign(last, told));
    });
    return marks.map((mark) => (mark.toMs === mark.fromMs ? { ...mark, toMs: undefined } : mark));
  });
}

/** The value is the moment, in milliseconds. */
function byValue(values: readonly number[], told: Omit<Mark, 'fromMs'>): Mark[] {
  const moments = [...new Set(values.filter((value) => value > 0))];
  return moments.map((fromMs) => ({ ...told, fromMs }));
}

function toldOf(query: AnnotationQuery, labels: Labels): Omit<Mark, 'fromMs'> {
  const { name, titleFormat, textFormat, tagKeys, colour } = query;
  return {
    title: fillLegend(titleFormat, labels) || name,
    text: fillLegend(textFormat, labels),
    tags: tagKeys.flatMap((key) => labelOf(labels, key) ?? []),
    colour: colour ? fixedColour(colour) : 'var(--c9)',
    kind: 'board',
  };
}

/** Why a query of the board is not asked; null where it is. */
export function notAsked({ builtIn, source, name }: AnnotationQuery): string | null {
  if (builtIn || source.kind === 'prometheus') return null;
  return name;
}

/** Whether a mark of this query belongs on that panel. */
export const isOnPanel = ({ panels }: AnnotationQuery, id: number): boolean =>
  !panels || panels.ids.includes(id) !== panels.exclude;

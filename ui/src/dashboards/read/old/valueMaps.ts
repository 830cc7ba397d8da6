/** Words for values as `singlestat` and old tables wrote them: two lists, and a number that says which holds. */
import type { Mapping } from '../../../frames/frame';
import { list, text, without, type Json } from '../json';
import { rangeMapping, valueMapping } from '../fieldConfig';

/** 1 is by value, 2 by range; without a number the values hold. */
export function mappingsOf(old: Json): Mapping[] {
  const named = text(old['mappingType']);
  if (named === '2') {
    return list(old['rangeMaps']).map((map) =>
      rangeMapping(map['from'], map['to'], without({ text: text(map['text']) })),
    );
  }
  return list(old['valueMaps'])
    .filter((map) => text(map['value']) !== '')
    .map((map) => valueMapping(text(map['value']), { text: text(map['text']) }));
}

/** "80,90" or ["80", "90"] with one colour more than limits. */
export function stepsOf(
  thresholds: unknown,
  colors: unknown,
): { value: number | null; color: string }[] {
  const limits = (Array.isArray(thresholds) ? thresholds.map(text) : text(thresholds).split(','))
    .map((limit) => limit.trim())
    .filter((limit) => limit !== '' && Number.isFinite(Number(limit)))
    .map(Number);
  const shades = Array.isArray(colors) ? colors.map(text) : [];
  if (limits.length === 0) return [];
  return [null, ...limits].map((value, i) => ({
    value,
    color: shades[i] ?? shades[shades.length - 1] ?? 'green',
  }));
}

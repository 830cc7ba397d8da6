import { toneOf, type Tone } from './colours';
import type { FieldConfig, Mapping, MappingResult, ThresholdStep } from './frame';
import { tell as tellByUnit, type Told } from './units';

/** A value as a person reads it: number and unit apart, and what its threshold says about it. */
export interface Display {
  readonly text: string;
  readonly unit: string;
  readonly prefix: string;
  readonly tone: Tone;
  /** False where nothing was measured; `text` then says so in words. */
  readonly known: boolean;
}

export const NO_DATA = 'no data';

/** Applies mappings, thresholds and unit, in Grafana's order: a mapping's words win over the number. */
export function display(
  value: number | string | null | undefined,
  config: FieldConfig = {},
): Display {
  const mapped = mapValue(value, config.mappings ?? []);
  const isNaN = Number.isNaN(value);
  const step = typeof value === 'number' && !isNaN ? stepOf(value, config) : undefined;
  const tone = mapped?.color ? toneOf(mapped.color) : toneOfStep(step, config);
  if (mapped?.text !== undefined)
    return { text: mapped.text, unit: '', prefix: '', tone, known: true };
  if (value === null || value === undefined) {
    return { text: config.noValue ?? NO_DATA, unit: '', prefix: '', tone: 'plain', known: false };
  }
  if (typeof value === 'string') return { text: value, unit: '', prefix: '', tone, known: true };
  if (isNaN) return { text: 'NaN', unit: '', prefix: '', tone, known: true };
  return { ...tellApart(value, config), tone, known: true };
}

/** Nothing is rounded to a threshold: 94.96 under a limit of 95 takes as many decimals as it needs. */
function tellApart(value: number, config: FieldConfig): Told {
  const { unit, decimals, tell = tellByUnit } = config;
  const limits = thresholdLines(config).map((line) => line.value);
  for (let more = 0; more <= 3; more++) {
    const told = tell(value, unit, more === 0 ? decimals : (decimals ?? 0) + more);
    const same = (limit: number) =>
      limit !== value &&
      tell(limit, unit, Number(told.text.split('.')[1]?.length ?? 0)).text === told.text;
    if (!limits.some(same)) return told;
  }
  return tell(value, unit, decimals);
}

/** The same as one text, with a space that does not break before the unit. */
export function displayText(
  value: number | string | null | undefined,
  config?: FieldConfig,
): string {
  const { prefix, text, unit } = display(value, config);
  return `${prefix}${text}${unit ? `\u00a0${unit}` : ''}`;
}

/** The step of the thresholds a value stands on. Percentages are of `min` to `max`. */
export function stepOf(value: number, config: FieldConfig): ThresholdStep | undefined {
  const { thresholds } = config;
  if (!thresholds) return undefined;
  const at = thresholds.mode === 'percentage' ? percentOf(value, config) : value;
  return [...thresholds.steps]
    .reverse()
    .find((step) => typeof step.value !== 'number' || at >= step.value);
}

/** Thresholds as values of the axis, without the step that has no lower end. */
export function thresholdLines(config: FieldConfig): { value: number; tone: Tone }[] {
  const { thresholds } = config;
  return (thresholds?.steps ?? []).flatMap((step) => {
    if (typeof step.value !== 'number') return [];
    const value = thresholds?.mode === 'percentage' ? valueAt(step.value, config) : step.value;
    return [{ value, tone: toneOf(step.color) }];
  });
}

const lowest = (config: FieldConfig) => config.min ?? 0;
const highest = (config: FieldConfig) => config.max ?? (config.unit === 'percentunit' ? 1 : 100);
const percentOf = (value: number, config: FieldConfig) =>
  ((value - lowest(config)) / (highest(config) - lowest(config) || 1)) * 100;
const valueAt = (percent: number, config: FieldConfig) =>
  lowest(config) + (percent / 100) * (highest(config) - lowest(config));

/** A lone step is decoration, not a judgement; of several, the lowest healthy green is the plain normal. */
function toneOfStep(step: ThresholdStep | undefined, config: FieldConfig): Tone {
  if (!step || (config.thresholds?.steps.length ?? 0) < 2) return 'plain';
  const tone = toneOf(step.color);
  return tone === 'ok' || tone === 'info' ? 'plain' : tone;
}

/** The first mapping that fits, in the order they stand. */
export function mapValue(
  value: number | string | null | undefined,
  mappings: readonly Mapping[],
): MappingResult | undefined {
  for (const mapping of mappings) {
    const result = tryMapping(value, mapping);
    if (result) return result;
  }
  return undefined;
}

function tryMapping(
  value: number | string | null | undefined,
  mapping: Mapping,
): MappingResult | undefined {
  switch (mapping.type) {
    case 'value':
      return value === null || value === undefined
        ? undefined
        : own(mapping.options, String(value));
    case 'range': {
      const { from, to, result } = mapping.options;
      if (value === null || value === undefined || value === '') return undefined;
      const number = Number(value);
      return number >= (from ?? -Infinity) && number <= (to ?? Infinity) ? result : undefined;
    }
    case 'regex':
      return typeof value === 'string' ? tryRegex(value, mapping.options) : undefined;
    case 'special':
      return isSpecial(value, mapping.options.match) ? mapping.options.result : undefined;
  }
}

const own = <T>(options: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(options, name) ? options[name] : undefined;

function tryRegex(value: string, { pattern, result }: { pattern: string; result: MappingResult }) {
  const regex = toRegex(pattern);
  if (!regex?.test(value)) return undefined;
  return result.text === undefined
    ? result
    : { ...result, text: value.replace(regex, result.text) };
}

/** A pattern of dashboard JSON, `/a.*b/i` or bare. Null where it is no valid expression. */
export function toRegex(pattern: string): RegExp | null {
  const parts = /^\/(.*)\/([gimsuy]*)$/s.exec(pattern);
  try {
    return parts
      ? new RegExp(parts[1] ?? '', (parts[2] ?? '').replace('g', ''))
      : new RegExp(`^${pattern}$`);
  } catch {
    return null;
  }
}

function isSpecial(value: number | string | null | undefined, match: string): boolean {
  const nothing = value === null || value === undefined;
  switch (match) {
    case 'null':
      return nothing;
    case 'nan':
      return nothing || Number.isNaN(value);
    case 'null+nan':
      return nothing || Number.isNaN(value);
    case 'true':
    case 'false':
      return String(value) === match;
    case 'empty':
      return value === '';
    default:
      return false;
  }
}

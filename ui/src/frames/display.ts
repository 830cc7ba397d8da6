import { toneOf, type Tone } from './colours';
import type { FieldConfig, ThresholdStep } from './frame';
import { mapValue, type Mappable } from './mappings';
import { tell as tellByUnit, type Told } from './units';

export { mapValue, toRegex } from './mappings';

/** A value as a person reads it: number and unit apart, and what its threshold says about it. */
export interface Display {
  readonly text: string;
  readonly unit: string;
  readonly prefix: string;
  /** What is wrong with it, if anything; a healthy green is `plain`. */
  readonly tone: Tone;
  /** What a coloured background says: as `tone`, but with the healthy green. */
  readonly ground: Tone;
  /** False where nothing was measured; `text` then says so in words. */
  readonly known: boolean;
}

export const NO_DATA = 'no data';

/** Applies mappings, thresholds and unit, in Grafana's order: a mapping's words win over the number. */
export function display(value: Mappable, config: FieldConfig = {}): Display {
  const mapped = mapValue(value, config.mappings ?? []);
  const number = numberOf(value, config);
  const look = lookOf(number, mapped?.color, config);
  if (mapped?.text !== undefined) return { ...plain(mapped.text), ...look, known: true };
  if (value === null || value === undefined || value === '') {
    const text = config.noValue ?? (value === '' ? '' : NO_DATA);
    return { ...plain(text), tone: 'plain', ground: 'plain', known: false };
  }
  if (number === null) return { ...plain(String(value)), ...look, known: true };
  if (Number.isNaN(number)) return { ...plain('NaN'), ...look, known: true };
  if (typeof value === 'boolean') return { ...plain(String(value)), ...look, known: true };
  return { ...tellApart(number, config), ...look, known: true };
}

const plain = (text: string) => ({ text, unit: '', prefix: '' });

/** Words are numbers too where the field has a unit for them: "1024" in bytes is 1 KiB. */
function numberOf(value: Mappable, { unit }: FieldConfig): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string' || !unit || unit === 'string' || value.trim() === '') return null;
  const number = /^time:|^dateTime/.test(unit) ? Date.parse(value) : Number(value);
  return Number.isNaN(number) ? null : number;
}

/** A mapping's colour is a judgement as a threshold's is; else the thresholds decide. */
function lookOf(
  value: number | null,
  mapped: string | undefined,
  config: FieldConfig,
): Pick<Display, 'tone' | 'ground'> {
  const tone = mapped ? toneOf(mapped) : toneOfValue(value, config);
  if (mapped) return { tone, ground: tone };
  return { tone, ground: groundOf(value, config) };
}

/** Whether the colour mode lets the thresholds speak. */
export const byThresholds = ({ color }: FieldConfig): boolean =>
  (color?.mode ?? 'thresholds') === 'thresholds';

/** Nothing is rounded to a threshold: 94.96 under a limit of 95 takes as many decimals as it needs. */
function tellApart(value: number, config: FieldConfig): Told {
  const { unit, decimals, tell = tellByUnit } = config;
  const limits = thresholdLines(config)
    .map((line) => line.value)
    .filter((limit) => limit !== value && Math.abs(limit - value) < Math.abs(limit) / 10);
  for (let more = 0; more <= 3; more++) {
    const told = tell(value, unit, more === 0 ? decimals : (decimals ?? 0) + more);
    const same = (limit: number) =>
      tell(limit, unit, Number(told.text.split('.')[1]?.length ?? 0)).text === told.text;
    if (!limits.some(same)) return told;
  }
  return tell(value, unit, decimals);
}

/** The same as one text, with a space that does not break before the unit. */
export function displayText(value: Mappable, config?: FieldConfig): string {
  const { prefix, text, unit } = display(value, config);
  return `${prefix}${text}${unit ? `\u00a0${unit}` : ''}`;
}

/**
 * The step of the thresholds a value stands on; the first one also below its own value. Percentages are
 * of the span from `min` to `max`.
 */
export function stepOf(value: number, config: FieldConfig): ThresholdStep | undefined {
  const steps = config.thresholds?.steps ?? [];
  const at = config.thresholds?.mode === 'percentage' ? shareOf(value, config) * 100 : value;
  let active = steps[0];
  for (const step of steps) {
    if (typeof step.value === 'number' && at < step.value) break;
    active = step;
  }
  return active;
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

/** From where to where the values of a field go, as far as the board or the unit says: a share goes to the whole. */
export function spanOf({ min, max, unit }: FieldConfig): { low: number; high: number } {
  return { low: min ?? 0, high: max ?? (unit === 'percentunit' ? 1 : 100) };
}

/** How far along its span a value is: 0 at the lowest, 1 at the highest, beyond where the value is. */
export function shareOf(value: number, config: FieldConfig): number {
  const { low, high } = spanOf(config);
  return high === low ? 0 : (value - low) / (high - low);
}

function valueAt(percent: number, config: FieldConfig): number {
  const { low, high } = spanOf(config);
  return low + (percent / 100) * (high - low);
}

/** A lone step is decoration, not a judgement. */
function groundOf(value: number | null, config: FieldConfig): Tone {
  if (value === null || Number.isNaN(value)) return 'plain';
  if ((config.thresholds?.steps.length ?? 0) < 2) return 'plain';
  return toneOf(stepOf(value, config)?.color);
}

/** Of several steps the lowest healthy green is the plain normal. */
function toneOfValue(value: number | null, config: FieldConfig): Tone {
  const tone = groundOf(value, config);
  return tone === 'ok' || tone === 'info' ? 'plain' : tone;
}

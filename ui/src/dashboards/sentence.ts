/**
 * The sentence of a page, from what its panels measured against their own thresholds. It claims only what
 * was measured: a value counts when its panel has an answer, and what has none is named as not measured.
 */
import type { Tone } from '../frames/colours';
import { display, displayText, stepOf, thresholdLines } from '../frames/display';
import { timeOf, type FieldConfig, type ThresholdStep } from '../frames/frame';
import { reduced } from '../panels/values';
import { wantedBy, type PanelData } from './ask';
import type { Panel } from './model';

/** What one watched value says. */
export interface Reading {
  readonly what: string;
  readonly text: string;
  readonly tone: Tone;
  readonly limit: string;
  readonly known: boolean;
  /** The highest of the range, if it is of shares: when, and how much. */
  readonly peak?: { readonly atMs: number; readonly text: string };
}

const WATCHED = new Set(['stat', 'gauge', 'bargauge']);

/** True where a panel judges its values: at least two steps of thresholds. */
export const isWatched = (panel: Panel): boolean =>
  WATCHED.has(panel.type) &&
  wantedBy(panel).length === 0 &&
  (panel.fieldConfig.defaults?.thresholds?.steps.length ?? 0) > 1;

export function readingsOf(panel: Panel, title: string, data: PanelData): Reading[] {
  const all = reduced(data.frames, panel.options, panel.oriel.context);
  if (all.length === 0) return [{ what: title, text: '', tone: 'plain', limit: '', known: false }];
  return all.map(({ name, value, config, values, refId }) => {
    const step = value === null ? undefined : stepOf(value, config);
    const frame = data.frames.find((one) => one.refId === refId);
    return {
      what: all.length > 1 ? `${title} ${name}` : title,
      text: displayText(value, config),
      tone: display(value, config).tone,
      limit: limitOf(step, config),
      known: value !== null && !Number.isNaN(value),
      peak:
        config.unit?.startsWith('percent') && frame
          ? peakOf(values, timeOf(frame)?.values ?? [], config)
          : undefined,
    };
  });
}

/** The step's value in the field's unit: of thresholds in percent, what that share of the span is. */
function limitOf(step: ThresholdStep | undefined, config: FieldConfig): string {
  const numbered = (config.thresholds?.steps ?? []).filter(
    ({ value }) => typeof value === 'number',
  );
  const line = step && thresholdLines(config)[numbered.indexOf(step)];
  return line ? displayText(line.value, config) : '';
}

function peakOf(
  values: readonly (number | null)[],
  times: readonly (number | null)[],
  config: Parameters<typeof displayText>[1],
): Reading['peak'] {
  let at = -1;
  values.forEach((value, i) => {
    if (value !== null && !Number.isNaN(value) && (at < 0 || value > (values[at] ?? 0))) at = i;
  });
  const atMs = times[at];
  return at < 0 || typeof atMs !== 'number' || values.length < 10
    ? undefined
    : { atMs, text: displayText(values[at], config) };
}

export interface Verdict {
  readonly state: 'ok' | 'warn' | 'crit' | 'missing';
  readonly title: string;
  readonly words: string;
}

/** `subject` is what the board is about ("This machine"); without, its title stands where all is well. */
export function verdictOf(readings: readonly Reading[], title: string, subject?: string): Verdict {
  const known = readings.filter((reading) => reading.known);
  const missing = readings.filter((reading) => !reading.known).map(({ what }) => what);
  const crit = known.filter(({ tone }) => tone === 'crit');
  const warn = known.filter(({ tone }) => tone === 'warn');
  const notMeasured = missing.length ? `Not measured here: ${listOf(missing)}.` : '';
  if (known.length === 0)
    return {
      state: 'missing',
      title: subject
        ? `Nothing is measured of ${lower(subject)}`
        : `Nothing of “${title}” is measured`,
      words: notMeasured,
    };
  if (crit.length + warn.length === 0) {
    const words = [
      `${countOf(known.length)} within ${known.length === 1 ? 'its limit' : 'their limits'}.`,
      peakWords(known),
      notMeasured,
    ];
    return {
      state: 'ok',
      title: subject ? `${subject} is well` : title,
      words: words.filter(Boolean).join(' '),
    };
  }
  const [worst, ...others] = [...crit, ...warn];
  return {
    state: crit.length ? 'crit' : 'warn',
    title: `${worst!.what}: ${worst!.text}${worst!.limit ? `, past its limit of ${worst!.limit}` : ''}`,
    words: [othersWords(others, known.length), peakWords(known), notMeasured]
      .filter(Boolean)
      .join(' '),
  };
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const listOf = (names: readonly string[]) =>
  names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
const countOf = (count: number) =>
  count === 1 ? 'One value is watched and' : `${count} values are watched, all`;

function othersWords(others: readonly Reading[], known: number): string {
  const rest = known - 1 - others.length;
  const also = others.length
    ? `Also ${listOf(others.slice(0, 3).map(({ what, text }) => `${what} at ${text}`))}${others.length > 3 ? ` and ${others.length - 3} more` : ''}.`
    : '';
  return `${also} ${restWords(rest)}`.trim();
}

const restWords = (rest: number) =>
  rest === 1
    ? 'One other watched value is within limits.'
    : rest > 1
      ? `${rest} other watched values are within limits.`
      : '';

function peakWords(known: readonly Reading[]): string {
  const first = known.find(({ peak }) => peak);
  if (!first?.peak) return '';
  const at = new Date(first.peak.atMs).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${first.what} was highest at ${at}, with ${first.peak.text}.`;
}

/** What stat, gauge, bar gauge and table make of a value: its words, its state, the colours it is shown in. */
import { byThresholds, display, mapValue, shareOf, type Display } from '../frames/display';
import type { FieldConfig } from '../frames/frame';
import { paintAt, paintOfTone, seriesPaint, tintOf, type Paint } from '../frames/paint';

export interface Look extends Display {
  /** A state that has to be said by its glyph too. */
  readonly judged: 'warn' | 'crit' | null;
  /** Whether the colour is the board's choice and no state. */
  readonly chosen: boolean;
  /** Of words and shapes; undefined where the plain colours do. */
  readonly colour?: Paint;
}

/** `index` and `name` are of the series, for the colour modes that tell series apart. */
export function lookOf(
  value: Parameters<typeof display>[0],
  config: FieldConfig,
  name = '',
  index = 0,
): Look {
  const told = display(value, config);
  const state = told.tone === 'warn' || told.tone === 'crit' ? told.tone : null;
  const own = told.known ? chosenPaint(value, config, name, index) : undefined;
  // in a colour of the board's choice the thresholds keep silent, as they do in Grafana
  const judged = own && !byThresholds(config) ? null : state;
  return { ...told, judged, chosen: own !== undefined, colour: own ?? paintOfTone(told.tone) };
}

/** A colour the board chose that says nothing about good and bad: fixed, a palette, a scheme. A mapping's wins. */
function chosenPaint(
  value: Parameters<typeof display>[0],
  config: FieldConfig,
  name: string,
  index: number,
): Paint | undefined {
  if (byThresholds(config) || mapValue(value, config.mappings ?? [])?.color) return undefined;
  const scheme =
    typeof value === 'number' && paintAt(config.color?.mode ?? '', shareOf(value, config));
  return scheme || seriesPaint(config, name, index);
}

const STATE_PERCENT = 16;
const SOLID_PERCENT = 26;

/** A coloured ground, the healthy green included; undefined for the plain. Words on it keep their contrast. */
export function groundOf(look: Look, solid = false): string | undefined {
  const state = paintOfTone(look.ground);
  if (state && (look.judged || !look.chosen))
    return tintOf(state, solid ? SOLID_PERCENT : STATE_PERCENT);
  return look.colour && tintOf(look.colour);
}

/** What stat, gauge, bar gauge and table make of a value: its words, its state, the colours it is shown in. */
import { byThresholds, display, type Display } from '../frames/display';
import type { FieldConfig } from '../frames/frame';
import { paintOfTone, seriesPaint, tintOf, type Paint } from '../frames/paint';

export interface Look extends Display {
  /** A state that has to be said by its glyph too. */
  readonly judged: 'warn' | 'crit' | null;
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
  const own = told.known ? (told.paint ?? seriesPaint(config, name, index)) : undefined;
  // in a colour of the board's choice the thresholds keep silent, as they do in Grafana
  const judged = own && !byThresholds(config) ? null : state;
  return { ...told, judged, colour: own ?? paintOfTone(told.tone) };
}

const STATE_PERCENT = 16;
const SOLID_PERCENT = 26;

/** A coloured ground, the healthy green included; undefined for the plain. Words on it keep their contrast. */
export function groundOf(look: Look, solid = false): string | undefined {
  const state = paintOfTone(look.ground);
  if (state && (look.judged || !look.paint))
    return tintOf(state, solid ? SOLID_PERCENT : STATE_PERCENT);
  return look.colour && tintOf(look.colour);
}

import { toneColour } from '../../frames/colours';
import { display } from '../../frames/display';
import { Sparkline, StateGlyph } from '../../parts';
import type { PanelViewProps } from '../panel';
import { contextOf, reduced, type Reduced } from '../values';
import css from './stat.module.css';

const SPARK_POINTS = 96;
const SPARK_FROM_PX = 118;
const LARGE_PX = 90;

/** A value, its unit smaller, one line of context and a spark line. Several values stand side by side. */
export default function Stat({ frames, options, oriel, width, height }: PanelViewProps) {
  const all = reduced(frames, options, oriel.context);
  const context = contextOf(oriel.context, frames);
  const graph = options['graphMode'] !== 'none';
  const each = all.length ? width / all.length : width;
  return (
    <div className={`${css.stats} ${height > LARGE_PX ? css.large : ''}`} style={{ height }}>
      {all.map((one) => (
        <One
          key={`${one.refId} ${one.name}`}
          one={one}
          named={all.length > 1}
          context={context}
          spark={graph && each >= SPARK_FROM_PX}
        />
      ))}
    </div>
  );
}

function One({
  one,
  named,
  context,
  spark,
}: {
  one: Reduced;
  named: boolean;
  context: string;
  spark: boolean;
}) {
  const { prefix, text, unit, tone, known } = display(one.value, one.config);
  const judged = tone === 'warn' || tone === 'crit' ? tone : null;
  return (
    <div className={css.stat}>
      <div className={css.line}>
        <output className={`${css.value} ${known ? '' : css.empty} ${judged ? css[judged] : ''}`}>
          {judged && <StateGlyph state={judged} />}
          {prefix}
          {text}
          {unit && <small> {unit}</small>}
        </output>
        {spark && one.values.length > 2 && (
          <Sparkline
            values={thin(one.values)}
            width={46}
            height={20}
            colour={judged ? toneColour(judged) : 'var(--c1)'}
          />
        )}
      </div>
      {(named || context) && <div className={css.context}>{named ? one.name : context}</div>}
    </div>
  );
}

/** Few enough points for SVG, the highest of each stretch kept so that no spike is lost. */
function thin(values: readonly (number | null)[]): (number | null)[] {
  const wide = Math.ceil(values.length / SPARK_POINTS);
  if (wide <= 1) return [...values];
  return Array.from({ length: Math.ceil(values.length / wide) }, (_, i) =>
    values
      .slice(i * wide, (i + 1) * wide)
      .reduce(
        (most, value) => (value !== null && (most === null || value > most) ? value : most),
        null,
      ),
  );
}

import { Meter, Rich, StateGlyph } from '../parts';
import { useEngine, useRefresh } from '../query';
import { engineSays } from './engine';
import css from './engineBanner.module.css';
import { texts } from './texts';

/** Above every page: that the metrics engine is not well, since when, what waits for it, what to do. */
export function EngineBanner() {
  const { nowMs } = useRefresh();
  const says = engineSays(useEngine(), nowMs);
  return (
    <div role="status" aria-label={texts.engine.label}>
      {says && (
        <div className={`${css.banner} ${css[says.state] ?? ''}`}>
          <StateGlyph state={says.state} label="" />
          <div className={css.words}>
            <strong>{says.title}</strong>
            <p>
              <Rich text={says.behind} />
            </p>
          </div>
          <div className={css.fill}>
            <Meter
              share={says.share}
              state={says.state === 'crit' || says.state === 'warn' ? says.state : undefined}
              width={96}
            />
            <span>{says.fill}</span>
          </div>
        </div>
      )}
    </div>
  );
}

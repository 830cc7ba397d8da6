/** What is to say of the metrics engine in the store's place: state, one sentence, what stands behind it. */
import type { Engine } from '../api/oriel';
import { bytes, clock, count, duration } from '../format';
import type { State } from '../parts';
import { texts } from './texts';

const words = texts.engine;

export interface EngineSays {
  state: State;
  title: string;
  /** For `<Rich>`. */
  behind: string;
  /** How full the queue is, from 0 to 1, and in words. */
  share: number;
  fill: string;
}

/** Undefined where all is well. */
export function engineSays(engine: Engine | undefined, nowMs: number): EngineSays | undefined {
  if (engine === undefined || engine.state === 'well') return undefined;
  return {
    ...sayings(engine, clock(engine.sinceMs, nowMs)),
    share: engine.mostBytes > 0 ? engine.pendingBytes / engine.mostBytes : 0,
    fill: words.fill(bytes(engine.pendingBytes), bytes(engine.mostBytes)),
  };
}

function sayings(engine: Engine, since: string): Pick<EngineSays, 'state' | 'title' | 'behind'> {
  const { state, why, url, lost, lagMs } = engine;
  const heard = why ? words.heard(url, why) : words.heardNothing(url);
  if (state === 'catching_up') {
    return { state: 'info', title: words.catchingUp, behind: words.behind(duration(lagMs)) };
  }
  if (state === 'full') {
    const so = lost > 0 ? words.lost(count(lost)) : words.lostNone;
    return {
      state: 'crit',
      title: words.full(since),
      behind: `${words.refused}${so} ${words.raise} ${heard}`,
    };
  }
  return {
    state: 'warn',
    title: titleOf(engine)(since),
    behind: `${words.waits} ${engine.answers ? words.lookThere : words.startIt} ${heard}`,
  };
}

function titleOf({ answers, takes }: Engine): (since: string) => string {
  if (answers) return words.takesNone;
  return takes ? words.answersNone : words.silent;
}

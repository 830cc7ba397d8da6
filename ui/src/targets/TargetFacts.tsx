import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Target } from '../api/oriel';
import type { Labels } from '../api/prometheus';
import { texts } from '../app/texts';
import { ago, clock, count, duration, visible } from '../format';
import { CopyButton, Panel, Rich, StateGlyph } from '../parts';
import { History } from './History';
import { sentence, stateOf } from './health';
import css from './targets.module.css';

const words = texts.targets.facts;

/** One target in full: what it says, what helps, where it comes from. */
export function TargetFacts({ target, nowMs }: { target: Target; nowMs: number }) {
  const { name, where, error, remedy, labels, discovered = {} } = target;
  const url = /^https?:/.test(where);
  return (
    <Panel
      className={css.facts}
      title={
        <span className={css.title}>
          <StateGlyph state={stateOf(target)} />
          {name}
        </span>
      }
      right={
        url && <CopyButton small label={texts.targets.copyCurl} text={`curl -sS '${where}'`} />
      }
    >
      <History labels={labels} intervalMs={target.intervalMs} />
      <dl>
        {error && <Fact name={words.says}>{sentence(error)}</Fact>}
        {remedy && (
          <Fact name={words.helps}>
            <b>
              <Rich text={sentence(remedy)} />
            </b>
          </Fact>
        )}
        <Fact name={words.lastGood}>{lastGood(target, nowMs)}</Fact>
        {target.health !== 'UP' && target.lastMs ? (
          <Fact
            name={words.lastAsked}
          >{`${clock(target.lastMs, nowMs, true)}, ${ago(target.lastMs, nowMs)}`}</Fact>
        ) : null}
        <Fact name={words.every}>
          {words.everyWords(duration(target.intervalMs), duration(target.timeoutMs))}
        </Fact>
        <Fact name={words.where}>
          {url ? (
            <a href={where} target="_blank" rel="noreferrer">
              <code>{where}</code>
            </a>
          ) : (
            where
          )}
        </Fact>
        <Fact name={words.foundBy}>{target.foundBy}</Fact>
        <Fact name={words.labels}>
          <LabelSet labels={labels} />
        </Fact>
      </dl>
      {Object.keys(discovered).length > 0 && (
        <details>
          <summary>{words.discovered}</summary>
          <LabelSet labels={discovered} />
        </details>
      )}
      <Link className={css.explore} to={`/explore?${new URLSearchParams({ q: selector(labels) })}`}>
        {texts.targets.exploreIt}
      </Link>
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function LabelSet({ labels }: { labels: Labels }) {
  return (
    <span className={css.labels}>
      {Object.entries(labels).map(([name, value]) => (
        <code key={name}>
          {visible(name)}=<b>{visible(value)}</b>
        </code>
      ))}
    </span>
  );
}

function lastGood({ lastGoodMs, samples, tookNanos, health }: Target, nowMs: number): string {
  if (!lastGoodMs) return words.neverGood;
  const when = clock(lastGoodMs, nowMs, true);
  if (health !== 'UP' || !tookNanos) return when;
  return `${when}, ${count(samples ?? 0)} samples in ${duration(tookNanos / 1e6)}`;
}

/** The series of one target, by the labels that tell it from the others. */
function selector({ job, instance }: Labels): string {
  const parts = Object.entries({ job, instance }).filter(([, value]) => value !== undefined);
  return `{${parts.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(', ')}}`;
}

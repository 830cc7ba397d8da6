import type { ReactNode } from 'react';
import { usePage } from '../app/page';
import { KEYS } from '../app/keys';
import { texts } from '../app/texts';
import { setTheme, useChosenTheme, type Theme } from '../app/theme';
import { ago, bytes, clock, count, duration, percent, zone } from '../format';
import { Kbd, Panel, Segments, Sentence } from '../parts';
import { useAbout, useRefresh, useSelf } from '../query';
import css from './settings.module.css';

const words = texts.settings;
const CLOCKS_APART_MS = 5_000;

/** What Oriel is, what it costs, and the few things a browser may choose. */
export default function SettingsPage() {
  usePage({ crumbs: [{ words: texts.shell.settings }] });
  const { data: about, dataUpdatedAt } = useAbout();
  const { data: self } = useSelf();
  const { nowMs } = useRefresh();
  const theme = useChosenTheme();

  const apart = about ? Math.abs(about.now - dataUpdatedAt) : 0;
  return (
    <div className={css.page}>
      <Sentence state="info" title={about ? words.lead(about.version) : words.title}>
        {about && words.leadWords(about.host, duration(nowMs - about.startedMs))}
      </Sentence>
      <div className={css.grid}>
        <div>
          <Panel title={words.about}>
            <dl className={css.facts}>
              <Fact name={words.version}>{about?.version}</Fact>
              <Fact name={words.host}>{about?.host}</Fact>
              <Fact name={words.cores}>{about?.cores}</Fact>
              <Fact name={words.started}>
                {about && `${clock(about.startedMs, nowMs, true)}, ${ago(about.startedMs, nowMs)}`}
              </Fact>
              <Fact name={about?.engine ? words.kept : words.retention}>
                {about &&
                  (about.engine ? words.keptThere(about.engine) : duration(about.retentionMs))}
              </Fact>
              <Fact name={words.serverClock}>
                {about &&
                  `${clock(about.now, nowMs, true)} ${zone(nowMs)}${
                    apart > CLOCKS_APART_MS ? `, ${words.clockApart(duration(apart))}` : ''
                  }`}
              </Fact>
            </dl>
          </Panel>
          <Panel title={words.look}>
            <div className={css.choice}>
              <span>{words.theme}</span>
              <Segments<Theme>
                label={words.theme}
                value={theme}
                options={[
                  ['dark', words.dark],
                  ['light', words.light],
                  ['system', words.system],
                ]}
                onChange={setTheme}
              />
            </div>
            <p className={css.note}>{words.fileTruth}</p>
          </Panel>
        </div>
        <div>
          <Panel title={words.cost} unit={words.costUnit}>
            <dl className={css.facts}>
              <Fact name={texts.home.processor}>
                {self && `${percent(self.cpuCores)} ${texts.home.ofACore}`}
              </Fact>
              <Fact name={texts.home.memory}>{self && bytes(self.residentBytes)}</Fact>
              <Fact name={texts.home.storedSeries}>{self && count(self.series)}</Fact>
              <Fact name={texts.home.intake}>
                {self && `${count(self.samplesPerSecond)} ${texts.home.perSecond}`}
              </Fact>
            </dl>
          </Panel>
          <Panel title={words.allKeys}>
            <dl className={css.keys}>
              {KEYS.map(([keys, does]) => (
                <div key={keys}>
                  <dt>
                    {keys.split(' ').map((key, i) => (
                      <Kbd key={i} keys={key} />
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </Panel>
        </div>
      </div>
    </div>
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

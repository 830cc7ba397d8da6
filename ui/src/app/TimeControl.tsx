import { useState } from 'react';
import { clock, duration, zone } from '../format';
import { Button, Icon, MenuItem, Popover } from '../parts';
import {
  parseRange,
  relativeLength,
  resolveMoment,
  setTimeRange,
  stepTime,
  useRefresh,
  useTimeRange,
  zoomOut,
  type TimeRange,
} from '../query';
import { texts } from './texts';
import css from './timeControl.module.css';

const QUICK = ['5m', '15m', '30m', '1h', '3h', '6h', '12h', '24h', '2d', '7d', '30d', '90d'];
const INTERVALS_MS = [5_000, 10_000, 15_000, 30_000, 60_000, 300_000, 0];

/** Time range and refresh as one control. */
export function TimeControl() {
  return (
    <span className={css.join}>
      <RangeButton />
      <RefreshButton />
    </span>
  );
}

function RangeButton() {
  const range = useTimeRange();
  const { nowMs } = useRefresh();
  const shown = rangeWords(range, nowMs);
  const where = zone(range.toMs);
  return (
    <Popover
      label={texts.time.control}
      button={(wire) => (
        <button
          type="button"
          className={css.button}
          aria-label={`${texts.time.control}: ${shown} ${where}`}
          {...wire}
        >
          <Icon name="clock" size={15} />
          <span>{shown}</span> <span className={css.zone}>{where}</span>
        </button>
      )}
    >
      {(close) => <RangeForm range={range} nowMs={nowMs} close={close} />}
    </Popover>
  );
}

function RangeForm(props: { range: TimeRange; nowMs: number; close: () => void }) {
  const { range, nowMs, close } = props;
  const [text, setText] = useState('');
  const wished = parseRange(text, nowMs);

  const show = (from: string, to: string) => {
    setTimeRange(from, to);
    setText('');
    close();
  };

  return (
    <div className={css.form}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wished) show(wished.from, wished.to);
        }}
      >
        <label htmlFor="range">{texts.time.field}</label>
        <div className={css.field}>
          <input
            id="range"
            value={text}
            autoComplete="off"
            spellCheck={false}
            placeholder="3h"
            aria-describedby="range-reads"
            onChange={(event) => setText(event.target.value)}
          />
          <Button look="primary" type="submit" disabled={!wished}>
            {texts.time.apply}
          </Button>
        </div>
        <p id="range-reads" className={css.reads}>
          {readsAs(text, wished, nowMs)}
        </p>
      </form>
      <div className={css.quick}>
        {QUICK.map((length) => (
          <MenuItem
            key={length}
            checked={range.from === `now-${length}` && range.to === 'now'}
            onClick={() => show(`now-${length}`, 'now')}
          >
            {lengthWords(length)}
          </MenuItem>
        ))}
      </div>
      <div className={css.moves}>
        <Button small icon="chevron" className={css.flip} onClick={() => stepTime(-1)}>
          {texts.time.stepBack}
        </Button>
        <Button small onClick={zoomOut}>
          {texts.time.zoomOut}
        </Button>
        <Button small icon="chevron" onClick={() => stepTime(1)}>
          {texts.time.stepForth}
        </Button>
      </div>
    </div>
  );
}

function RefreshButton() {
  const { refreshMs, setRefresh, refreshNow } = useRefresh();
  const title = refreshMs
    ? texts.time.refreshEvery(duration(refreshMs))
    : texts.time.refreshOffTitle;
  return (
    <Popover
      label={texts.time.refresh}
      button={(wire) => (
        <button
          type="button"
          className={`${css.button} ${css.refresh}`}
          title={title}
          aria-label={title}
          {...wire}
        >
          <Icon name="refresh" size={15} />
          <span>{refreshMs ? duration(refreshMs) : texts.time.refreshOff}</span>
        </button>
      )}
    >
      {(close) => (
        <>
          <MenuItem
            icon="refresh"
            hint="d r"
            onClick={() => {
              refreshNow();
              close();
            }}
          >
            {texts.time.refreshNow}
          </MenuItem>
          {INTERVALS_MS.map((ms) => (
            <MenuItem
              key={ms}
              checked={ms === refreshMs}
              onClick={() => {
                setRefresh(ms);
                close();
              }}
            >
              {ms ? duration(ms) : texts.time.refreshOff}
            </MenuItem>
          ))}
        </>
      )}
    </Popover>
  );
}

/** `Last 3 hours`, or `02:30 to 03:12`. */
function rangeWords(range: TimeRange, nowMs: number): string {
  const length = relativeLength(range.from, range.to);
  if (length !== undefined) return texts.time.last(longWords(length));
  return `${clock(range.fromMs, nowMs)} to ${range.to === 'now' ? texts.time.now : clock(range.toMs, nowMs)}`;
}

function lengthWords(length: string): string {
  return texts.time.last(longWords(relativeLength(`now-${length}`, 'now')!));
}

const NAMES = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
  [1_000, 'second'],
] as const;

/** A round length in long words: `3 hours`, `7 days`. */
function longWords(ms: number): string {
  for (const [size, name] of NAMES) {
    const amount = ms / size;
    if (Number.isInteger(amount) && (name !== 'day' || amount >= 2)) {
      return amount === 1 ? name : `${amount} ${name}s`;
    }
  }
  return duration(ms);
}

function readsAs(
  text: string,
  wished: { from: string; to: string } | undefined,
  nowMs: number,
): string {
  if (text.trim() === '') return texts.time.examples;
  if (!wished) return texts.time.notUnderstood;
  const from = resolveMoment(wished.from, nowMs)!;
  const to = resolveMoment(wished.to, nowMs, true)!;
  const end = wished.to === 'now' ? texts.time.now : clock(to, nowMs);
  return texts.time.reads(clock(from, nowMs), end, zone(from));
}

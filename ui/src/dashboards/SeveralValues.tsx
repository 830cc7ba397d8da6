import { useState } from 'react';
import { texts } from '../app/texts';
import { visible } from '../format';
import { Button, Icon, Popover } from '../parts';
import css from './board.module.css';
import type { Option } from './model';
import { Name, type ControlProps } from './VariableBar';
import { ALL } from './variables';

const words = texts.dashboards.variables;
/** From here on a field to find values by; and no more than this many are listed. */
const MANY = 8;
const MOST = 200;

/** A choice of several, with a field to find them by where they are many. */
export function SeveralValues({ one, choose }: ControlProps) {
  const { variable, options, chosen } = one;
  return (
    <Popover
      label={variable.label}
      align="left"
      button={(wire) => (
        <button
          type="button"
          className={css.variable}
          aria-label={`${variable.label}: ${toldOf(options, chosen)}`}
          {...wire}
        >
          <Name variable={variable} />
          <b>
            {toldOf(options, chosen)}
            <Icon name="down" size={12} />
          </b>
        </button>
      )}
    >
      {() => <Choices one={one} choose={choose} />}
    </Popover>
  );
}

function toldOf(options: readonly Option[], chosen: readonly string[]): string {
  if (chosen[0] === ALL) return words.all(options.length);
  if (chosen.length > 2) return words.some(chosen.length, options.length);
  const text = (value: string) => options.find((option) => option.value === value)?.text ?? value;
  return chosen.map((value) => visible(text(value))).join(', ') || words.none;
}

function Choices({ one, choose }: ControlProps) {
  const { variable, options, chosen } = one;
  const [wanted, setWanted] = useState('');
  const all = chosen[0] === ALL;
  const gone = all ? [] : chosen.filter((value) => !options.some((one) => one.value === value));
  const listed = [...gone.map((value) => ({ text: words.noLonger(value), value })), ...options];
  const found = listed.filter(({ text }) => text.toLowerCase().includes(wanted.toLowerCase()));
  const toggle = (value: string) => {
    if (all) return choose([value]); // out of all, one
    const next = chosen.includes(value)
      ? chosen.filter((other) => other !== value)
      : [...chosen, value];
    choose(variable.includeAll && next.length === options.length ? [ALL] : next);
  };
  return (
    <div className={css.several}>
      {listed.length > MANY && (
        <input
          type="search"
          className={css.find}
          aria-label={words.find}
          placeholder={words.find}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && found[0]) toggle(found[0].value);
          }}
        />
      )}
      <div className={css.whole}>
        {variable.includeAll && (
          <Button small look="ghost" aria-pressed={all} onClick={() => choose([ALL])}>
            {words.all(options.length)}
          </Button>
        )}
        {!all && chosen.length > 0 && (
          <Button small look="ghost" onClick={() => choose([])}>
            {words.clear}
          </Button>
        )}
      </div>
      {found.slice(0, MOST).map(({ text, value }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={all || chosen.includes(value)}
            onChange={() => toggle(value)}
          />
          {visible(text)}
        </label>
      ))}
      {found.length > MOST && <small>{words.more(found.length - MOST)}</small>}
    </div>
  );
}

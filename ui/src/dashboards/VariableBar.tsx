import { Button, Icon, Popover } from '../parts';
import { visible } from '../format';
import type { Variable } from './model';
import type { Resolved } from './variables';
import { ALL } from './variables';
import css from './board.module.css';

type Choose = (name: string, chosen: readonly string[]) => void;

/** The board's variables: name and choice in one control each. */
export function VariableBar({
  variables,
  resolved,
  choose,
}: {
  variables: readonly Variable[];
  /** Empty until they are known: their places are kept. */
  resolved: readonly Resolved[];
  choose: Choose;
}) {
  if (resolved.length === 0) {
    const expected = variables.filter(({ hidden, type }) => !hidden && type !== 'datasource');
    return expected.map(({ name, label }) => (
      <span key={name} className={css.variable} aria-hidden="true">
        <span>{label}</span>
        <select disabled />
        <Icon name="down" size={12} />
      </span>
    ));
  }
  const shown = resolved.filter(
    ({ variable, options }) =>
      !variable.hidden && !(variable.type === 'datasource' && options.length < 2),
  );
  return (
    <>
      {shown.map((one) => (
        <Control key={one.variable.name} one={one} choose={choose} />
      ))}
    </>
  );
}

function Control({ one, choose }: { one: Resolved; choose: Choose }) {
  const { variable, options, chosen } = one;
  if (variable.type === 'textbox') return <TextBox one={one} choose={choose} />;
  if (variable.multi) return <Several one={one} choose={choose} />;
  const values = [...(variable.includeAll ? [{ text: 'All', value: ALL }] : []), ...options];
  const missing = chosen[0] !== undefined && !values.some(({ value }) => value === chosen[0]);
  return (
    <label className={css.variable}>
      <span>{variable.label}</span>
      <select
        value={chosen[0] ?? ''}
        onChange={(event) => choose(variable.name, [event.target.value])}
      >
        {chosen.length === 0 && <option value="">none</option>}
        {missing && <option value={chosen[0]}>{visible(chosen[0] ?? '')} (no data)</option>}
        {values.map(({ text, value }) => (
          <option key={value} value={value}>
            {visible(text)}
          </option>
        ))}
      </select>
      <Icon name="down" size={12} />
    </label>
  );
}

function TextBox({ one: { variable, chosen }, choose }: { one: Resolved; choose: Choose }) {
  return (
    <label className={css.variable}>
      <span>{variable.label}</span>
      <input
        key={chosen[0]}
        defaultValue={chosen[0]}
        onBlur={(event) =>
          event.target.value !== chosen[0] && choose(variable.name, [event.target.value])
        }
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </label>
  );
}

function Several({ one, choose }: { one: Resolved; choose: Choose }) {
  const { variable, options, chosen } = one;
  const all = chosen[0] === ALL;
  const words = all
    ? `All ${options.length}`
    : chosen.length > 2
      ? `${chosen.length} of ${options.length}`
      : chosen.map(visible).join(', ') || 'none';
  const toggle = (value: string) => {
    const before = all ? options.map((option) => option.value) : chosen;
    const next = before.includes(value)
      ? before.filter((other) => other !== value)
      : [...before, value];
    choose(variable.name, next.length === options.length && variable.includeAll ? [ALL] : next);
  };
  return (
    <Popover
      label={variable.label}
      align="left"
      button={(wire) => (
        <button type="button" className={css.variable} {...wire}>
          <span>{variable.label}</span>
          <b>
            {words}
            <Icon name="down" size={12} />
          </b>
        </button>
      )}
    >
      {() => (
        <div className={css.several}>
          {variable.includeAll && (
            <Button small look="ghost" onClick={() => choose(variable.name, [ALL])}>
              All {options.length}
            </Button>
          )}
          {options.map(({ text, value }) => (
            <label key={value}>
              <input
                type="checkbox"
                checked={all || chosen.includes(value)}
                onChange={() => toggle(value)}
              />
              {visible(text)}
            </label>
          ))}
        </div>
      )}
    </Popover>
  );
}

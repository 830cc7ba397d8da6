import { useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { texts } from '../app/texts';
import { visible } from '../format';
import { Button, Icon, Popover } from '../parts';
import { useTimeRange } from '../query';
import css from './board.module.css';
import type { Filter } from './model';
import { labelChoices } from './useVariables';
import { Name, type ControlProps } from './VariableBar';
import { filterText } from './variables';

const words = texts.dashboards.variables;
const OPERATORS = ['=', '!=', '=~', '!~'];

/** Conditions that go into every query: each a chip that takes itself away, and a form for one more. */
export function AdHoc({ one: { variable, filters }, choose }: ControlProps) {
  const set = (next: readonly Filter[]) => choose(next.map(filterText));
  return (
    <span className={css.variable} role="group" aria-label={variable.label}>
      <Name variable={variable} />
      {filters.map((filter, i) => {
        const text = visible(`${filter.key} ${filter.operator} ${filter.value}`);
        return (
          <button
            key={i}
            type="button"
            className={css.condition}
            aria-label={words.remove(text)}
            title={words.remove(text)}
            onClick={() => set(filters.filter((_, at) => at !== i))}
          >
            {text}
            <Icon name="close" size={11} />
          </button>
        );
      })}
      <Popover
        label={words.condition}
        align="left"
        button={(wire) => (
          <button type="button" className={css.condition} aria-label={words.condition} {...wire}>
            <Icon name="plus" size={13} />
          </button>
        )}
      >
        {(close) => (
          <Condition
            onAdd={(filter) => {
              close();
              set([...filters, filter]);
            }}
          />
        )}
      </Popover>
    </span>
  );
}

function Condition({ onAdd }: { onAdd: (filter: Filter) => void }) {
  const [{ key, operator, value }, setFilter] = useState<Filter>({
    key: '',
    operator: '=',
    value: '',
  });
  const change = (part: Partial<Filter>) => setFilter((before) => ({ ...before, ...part }));
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim() === '') return;
    onAdd({ key: key.trim(), operator, value });
    setFilter({ key: '', operator: '=', value: '' });
  };
  const [keys, values] = [useChoices(null), useChoices(key.trim())];
  return (
    <form className={css.conditionForm} onSubmit={add}>
      <Field label={words.label} value={key} options={keys} onChange={(key) => change({ key })} />
      <label>
        {words.operator}
        <select value={operator} onChange={(event) => change({ operator: event.target.value })}>
          {OPERATORS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <Field
        label={words.value}
        value={value}
        options={values}
        onChange={(value) => change({ value })}
      />
      <Button type="submit" disabled={key.trim() === ''}>
        {words.add}
      </Button>
    </form>
  );
}

function Field({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly string[];
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <label>
      {label}
      <input
        list={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={id}>
        {options.slice(0, 200).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </label>
  );
}

/** All labels (null), or the values of one that there is. */
function useChoices(label: string | null): readonly string[] {
  const { fromMs, toMs } = useTimeRange();
  const minute = Math.floor(toMs / 60_000);
  const { data = [] } = useQuery({
    queryKey: ['conditions', label, minute],
    queryFn: ({ signal }) => labelChoices(label, { fromMs, toMs }, signal),
    enabled: label !== '',
    staleTime: Infinity,
    retry: false,
  });
  return data;
}

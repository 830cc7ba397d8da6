import { texts } from '../app/texts';
import { visible } from '../format';
import { Icon } from '../parts';
import { AdHoc } from './AdHoc';
import css from './board.module.css';
import type { Variable } from './model';
import { SeveralValues } from './SeveralValues';
import { ALL, type Resolved } from './variables';

const words = texts.dashboards.variables;

export interface ControlProps {
  readonly one: Resolved;
  readonly choose: (chosen: readonly string[]) => void;
}

/** Whether there is anything to choose: a lone data source needs no control. */
const isShown = ({ hidden, type }: Variable): boolean =>
  !hidden && type !== 'datasource' && type !== 'other';

/** The board's variables: name and choice in one control each. */
export function VariableBar({
  variables,
  resolved,
  choose,
}: {
  variables: readonly Variable[];
  /** Empty until they are known: their places are kept. */
  resolved: readonly Resolved[];
  choose: (name: string, chosen: readonly string[]) => void;
}) {
  if (resolved.length === 0) {
    return variables.filter(isShown).map(({ name, label }) => (
      <span key={name} className={css.variable} aria-hidden="true">
        <span>{label}</span>
        <select disabled />
        <Icon name="down" size={12} />
      </span>
    ));
  }
  return (
    <>
      {resolved
        .filter(({ variable }) => isShown(variable))
        .map((one) => (
          <Control
            key={one.variable.name}
            one={one}
            choose={(chosen) => choose(one.variable.name, chosen)}
          />
        ))}
    </>
  );
}

function Control(props: ControlProps) {
  const { type, multi } = props.one.variable;
  if (type === 'textbox') return <TextBox {...props} />;
  if (type === 'switch') return <Switch {...props} />;
  if (type === 'adhoc') return <AdHoc {...props} />;
  return multi || type === 'groupby' ? <SeveralValues {...props} /> : <OneValue {...props} />;
}

/** The variable's name before its control; unsaid where the board hides it, but still read aloud. */
export function Name({ variable }: { variable: Variable }) {
  return variable.bare ? null : (
    <span title={variable.description || undefined}>{variable.label}</span>
  );
}

function OneValue({ one: { variable, options, chosen, problem }, choose }: ControlProps) {
  const values = [...(variable.includeAll ? [{ text: 'All', value: ALL }] : []), ...options];
  const missing = chosen[0] !== undefined && !values.some(({ value }) => value === chosen[0]);
  return (
    <label className={css.variable} title={problem && `${words.notHad}: ${problem.message}`}>
      <Name variable={variable} />
      <select
        aria-label={variable.label}
        value={chosen[0] ?? ''}
        onChange={(event) => choose([event.target.value])}
      >
        {chosen.length === 0 && <option value="">{words.none}</option>}
        {missing && <option value={chosen[0]}>{words.noLonger(visible(chosen[0] ?? ''))}</option>}
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

function TextBox({ one: { variable, chosen }, choose }: ControlProps) {
  return (
    <label className={css.variable}>
      <Name variable={variable} />
      <input
        key={chosen[0]}
        aria-label={variable.label}
        defaultValue={chosen[0]}
        onBlur={(event) => event.target.value !== chosen[0] && choose([event.target.value])}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </label>
  );
}

/** Two options: the first is on. */
function Switch({ one: { variable, options, chosen }, choose }: ControlProps) {
  const [on, off] = options;
  const isOn = chosen[0] === on?.value;
  return (
    <label className={css.variable}>
      <Name variable={variable} />
      <b>
        <input
          type="checkbox"
          role="switch"
          aria-label={variable.label}
          checked={isOn}
          onChange={() => choose([(isOn ? off : on)?.value ?? ''])}
        />
        {isOn ? words.on : words.off}
      </b>
    </label>
  );
}

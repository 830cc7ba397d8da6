import { texts } from '../app/texts';
import { moment, zone } from '../format';
import { useTimeRange } from '../query';
import css from './print.module.css';
import type { BoardVariables } from './useVariables';

/** On paper nobody can ask which time and which host this was. */
export function PrintHead({ variables }: { variables: BoardVariables }) {
  const { fromMs, toMs } = useTimeRange();
  const chosen = variables.resolved
    .filter(({ variable }) => !variable.hidden)
    .map(({ variable }) => {
      const texts = variables.values?.[variable.name]?.texts ?? [];
      return `${variable.label}: ${texts.join(', ')}`;
    });
  const span = texts.dashboards.span(moment(fromMs), moment(toMs), zone(toMs));
  return <p className={css.head}>{[span, ...chosen].join(' · ')}</p>;
}

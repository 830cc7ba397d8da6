import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { plain } from '../../compare';
import { Refused } from '../refused';
import type { Json } from '../table';
import { isNumber, isText, rowsIn } from './columns';
import { mappingOf, SETTINGS } from './settings';

/** Each row becomes a column of its own, with a name, a value, and settings and labels from the other columns. */
export function rowsToFields(frames: DataFrame[], options: Json): DataFrame[] {
  const plans = frames.map((frame) => planOf(frame, options));
  if (frames.length && plans.every((plan) => !plan)) {
    throw new Refused('it needs a column of names and a column of values');
  }
  return frames.map((frame, i) => (plans[i] ? turned(frame, plans[i]) : frame));
}

type Mapping = ReturnType<typeof mappingOf>;
interface Plan {
  readonly name: Field;
  readonly value: Field;
  readonly others: Mapping;
}

/** Which column names, which measures; undefined where one of them is lacking. */
function planOf({ fields }: DataFrame, options: Json): Plan | undefined {
  const mapped = mappingOf(fields, options);
  const find = (as: string, otherwise: (field: Field) => boolean) =>
    (
      mapped.find(({ use }) => use === as) ??
      mapped.find(({ use, field }) => !use && otherwise(field))
    )?.field;
  const name = find('field.name', isText);
  const value = find('field.value', isNumber);
  const others = mapped.filter(
    ({ field, use }) => field !== name && field !== value && use !== '__ignore',
  );
  return name && value && { name, value, others };
}

function turned(frame: DataFrame, { name, value, others }: Plan): DataFrame {
  const fields = rowsIn(frame).map((row): Field => {
    const field: Field = {
      name: plain(name.values[row]),
      type: value.type,
      config: { ...value.config },
      values: [value.values[row] ?? null],
    };
    for (const { field: other, use } of others) {
      if (use && Object.hasOwn(SETTINGS, use)) SETTINGS[use]!(field.config, other.values[row]);
      else if (other.type !== FieldType.time)
        field.labels = { ...field.labels, [other.name]: plain(other.values[row]) };
    }
    return field;
  });
  return { ...frame, length: fields.length ? 1 : 0, fields };
}

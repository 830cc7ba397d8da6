import { FieldType, type DataFrame, type Field } from '@grafana/data';
import { plain } from '../../compare';
import { Refused } from '../refused';
import type { Json } from '../table';
import { isNumber, isText, rowsIn } from './columns';
import { mappingOf, SETTINGS } from './settings';

/** Each row becomes a column of its own, with a name, a value, and settings and labels from the other columns. */
export function rowsToFields(frames: DataFrame[], options: Json): DataFrame[] {
  return frames.map((frame) => {
    const mapped = mappingOf(frame.fields, options);
    const name =
      mapped.find(({ use }) => use === 'field.name')?.field ??
      mapped.find(({ use, field }) => !use && isText(field))?.field;
    const value =
      mapped.find(({ use }) => use === 'field.value')?.field ??
      mapped.find(({ use, field }) => !use && isNumber(field))?.field;
    if (!name || !value) throw new Refused('it needs a column of names and a column of values');
    const others = mapped.filter(
      ({ field, use }) => field !== name && field !== value && use !== '__ignore',
    );
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
  });
}

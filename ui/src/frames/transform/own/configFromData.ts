import { getFieldMatcher, type DataFrame } from '@grafana/data';
import { Refused } from '../refused';
import type { Json } from '../table';
import { textOf } from './columns';
import { mappingOf, oneOf, SETTINGS, type Mapped } from './settings';

/** One query's answer says how the columns of the others look. Its own frame is taken out. */
export function configFromData(frames: DataFrame[], options: Json): DataFrame[] {
  const refId = textOf(options['configRefId'], 'config');
  const source = frames.find((frame) => frame.refId === refId);
  if (!source) throw new Refused(`there is no query ${refId} to read the configuration from`);
  const applyTo = options['applyTo'] as { id?: string; options?: unknown } | undefined;
  const matches = getFieldMatcher({ id: 'numeric', ...applyTo });
  const settings = mappingOf(source.fields, options).filter(
    (one): one is Mapped => !!one.use && Object.hasOwn(SETTINGS, one.use),
  );
  const rest = frames.filter((frame) => frame !== source);
  return rest.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => {
      if (!matches(field, frame, rest)) return field;
      const config = { ...field.config };
      for (const one of settings) SETTINGS[one.use]!(config, oneOf(one));
      return { ...field, config, state: undefined };
    }),
  }));
}

import { toRegex } from './display';
import type { Field, FieldConfig, Frame } from './frame';
import { fillLegend, labelOf } from './legend';

/** `fieldConfig` of a panel: what all fields get, and what some get on top. */
export interface FieldConfigSource {
  readonly defaults?: FieldConfig;
  readonly overrides?: readonly Override[];
}
export interface Override {
  readonly matcher: { readonly id: string; readonly options?: unknown };
  readonly properties: readonly { readonly id: string; readonly value?: unknown }[];
}

type Matcher = (options: unknown, field: Field, frame: Frame) => boolean;

/** Every matcher a board may use; an unknown one matches nothing. */
const MATCHERS: Readonly<Record<string, Matcher>> = {
  byName: (options, field) => field.name === options,
  byNames: (options, field) => {
    const { names = [], mode } = (options ?? {}) as { names?: string[]; mode?: string };
    return names.includes(field.name) !== (mode === 'exclude');
  },
  byRegexp: (options, field) => toUnanchored(String(options))?.test(field.name) ?? false,
  byType: (options, field) => (options === 'string' ? 'text' : options) === field.type,
  byFrameRefID: (options, _, frame) => frame.refId === options,
};

/** Grafana's `byRegexp` finds anywhere in the name; our mappings' expressions are anchored. */
function toUnanchored(pattern: string): RegExp | null {
  return toRegex(pattern.startsWith('/') ? pattern : `/${pattern}/`);
}

/** Gives every field its configuration: the defaults, then each override that matches, in order. */
export function applyConfig(frames: readonly Frame[], source: FieldConfigSource = {}): Frame[] {
  return frames.map((frame) => ({
    ...frame,
    fields: frame.fields.map((field) => configured(field, frame, source)),
  }));
}

function configured(
  field: Field,
  frame: Frame,
  { defaults = {}, overrides = [] }: FieldConfigSource,
): Field {
  let config: FieldConfig = { ...defaults, ...field.config };
  if (field.type !== 'number')
    config = { ...config, unit: field.config?.unit, displayName: field.config?.displayName };
  for (const { matcher, properties } of overrides) {
    if (!MATCHERS[matcher.id]?.(matcher.options, field, frame)) continue;
    for (const { id, value } of properties) config = withProperty(config, id, value);
  }
  const { displayName } = config;
  const name = displayName ? fillDisplayName(displayName, field) : field.name;
  return { ...field, name, config };
}

/** `custom.lineWidth` goes into `custom`; all else stands at the top. */
function withProperty(config: FieldConfig, id: string, value: unknown): FieldConfig {
  if (!id.startsWith('custom.')) return { ...config, [id]: value };
  return { ...config, custom: { ...config.custom, [id.slice('custom.'.length)]: value } };
}

/** `${__field.labels.device}` and `${__series.name}`, the two forms that boards use. */
function fillDisplayName(template: string, field: Field): string {
  const labels = field.labels ?? {};
  return fillLegend(
    template
      .replace(
        /\$\{__field\.labels\.(?:"([^"]+)"|([^}]+))\}/g,
        (_, quoted?: string, bare?: string) => labelOf(labels, quoted ?? bare ?? '') ?? '',
      )
      .replace(/\$\{__(series|field)\.(name|displayName)\}/g, field.name),
    labels,
  );
}

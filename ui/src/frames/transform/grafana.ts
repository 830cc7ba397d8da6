/** The transformations of Grafana's library, as plain functions over its frames. */
import {
  standardTransformers,
  transformDataFrame,
  type DataFrame,
  type DataTransformerInfo,
} from '@grafana/data';
import type { Json, Transform } from './table';

/** Its transformations by id. `seriesToColumns` is the old name of `joinByField`. */
export const GRAFANA: ReadonlyMap<string, Transform> = new Map<string, Transform>([
  ...Object.values(standardTransformers).map((info): [string, Transform] => [
    info.id,
    (frames, options) => run(info as DataTransformerInfo, frames, options),
  ]),
  [
    'seriesToColumns',
    (frames, options) => run(standardTransformers.joinByFieldTransformer, frames, options),
  ],
]);

/** The library answers by a stream that has its one answer at once. */
function run(info: DataTransformerInfo, frames: DataFrame[], options: Json): DataFrame[] {
  let answer: DataFrame[] | undefined;
  let failure: unknown;
  const operator = () => info.operator({ ...info.defaultOptions, ...options } as Json, CONTEXT);
  transformDataFrame([operator], frames).subscribe({
    next: (result) => (answer = result),
    error: (error: unknown) => (failure = error),
  });
  if (answer) return answer;
  throw failure instanceof Error ? failure : new TypeError('no answer');
}

const CONTEXT = { interpolate: (text: string) => text };

/**
 * Transformations of a panel, by Grafana's ids and options. In: frames and the panel's list. Out: frames,
 * and what was not applied, by name or in a sentence.
 *
 * What Grafana's library has is done by it (grafana.ts); what only its app has is written in own/ from its
 * documented behaviour. Both stand in one table (table.ts). Our own laws on top: a hole stays a hole (holes.ts),
 * and nothing grows without bounds (bounds.ts). All of it loads when the first board needs it.
 */
import type { Frame } from '../frame';

/** One entry of a panel's `transformations`. */
export interface Transformation {
  readonly id: string;
  readonly disabled?: boolean;
  /** Only frames that match take part; the others pass by it. */
  readonly filter?: { readonly id: string; readonly options?: unknown };
  /** What it is for; series, where none is named. */
  readonly topic?: Topic | null;
  readonly options?: unknown;
}
export type Topic = 'series' | 'annotations' | 'alertStates';

export interface Transformed {
  readonly frames: readonly Frame[];
  /** Ids that this build does not know. */
  readonly unknown: readonly string[];
  /** One sentence for each transformation that was left out because it could not be done. */
  readonly refused: readonly string[];
}

export interface TransformContext {
  /** What the frames are; entries for another topic are passed over. */
  readonly topic?: Topic;
  /** Fills variables into the texts of the options. */
  readonly interpolate?: (text: string) => string;
}

/** Applies the transformations in their order. One that cannot be done leaves its frames as they were. */
export async function transform(
  frames: readonly Frame[],
  steps: readonly Transformation[] = [],
  context: TransformContext = {},
): Promise<Transformed> {
  const { topic = 'series' } = context;
  const due = steps.filter((step) => !step.disabled && (step.topic || 'series') === topic);
  if (due.length === 0) return { frames, unknown: [], refused: [] };
  const { applySteps } = await import('./apply');
  return applySteps(frames, due, context.interpolate ?? ((text) => text));
}

/** Completion: metrics and labels as codemirror-promql finds them, functions from the server's own table. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { newCompleteStrategy, type CompleteStrategy } from '@prometheus-io/codemirror-promql';
import type { QueryWord } from '../api/oriel';
import { texts } from '../app/texts';
import { visible } from '../format';
import { wordHelp } from './wordHelp';

const SNIPPET = 'snippet';

/** Where `words` has nothing yet, what codemirror-promql brings along stays. */
export class OwnWords implements CompleteStrategy {
  private readonly inner: CompleteStrategy;

  constructor(
    url: string,
    private readonly words: () => readonly QueryWord[],
  ) {
    this.inner = newCompleteStrategy({ remote: { url, httpMethod: 'GET' } });
  }

  async promQL(context: CompletionContext): Promise<CompletionResult | null> {
    const result = await this.inner.promQL(context);
    return result && { ...result, options: withOwnWords(result.options.map(shown), this.words()) };
  }

  destroy() {
    this.inner.destroy?.();
  }
}

/** The options with functions and aggregations as the server knows them, in their place of the list. */
export function withOwnWords(
  options: readonly Completion[],
  words: readonly QueryWord[],
): Completion[] {
  if (words.length === 0) return [...options];
  const own = (kind: QueryWord['kind']) => words.filter((word) => word.kind === kind).map(option);
  const isFunction = ({ type, detail }: Completion) => type === 'function' && detail !== SNIPPET;
  const isAggregation = ({ detail }: Completion) => detail === 'aggregation';
  const rest = options.filter((one) => !isFunction(one) && !isAggregation(one));
  return [
    ...(options.some(isFunction) ? own('function') : []),
    ...(options.some(isAggregation) ? own('aggregation') : []),
    ...rest,
  ];
}

/** What acts without being seen is written out in the list; what is put in is the name itself. */
export function shown(one: Completion): Completion {
  const label = visible(one.displayLabel ?? one.label);
  const seen = label === one.label ? one : { ...one, displayLabel: label };
  return typeof one.detail === 'string' ? { ...seen, detail: visible(one.detail) } : seen;
}

function option(word: QueryWord): Completion {
  const { kind, name, experimental } = word;
  return {
    label: name,
    type: kind === 'function' ? 'function' : 'keyword',
    detail: experimental ? texts.explore.experimentalKind(kind) : kind,
    info: () => wordHelp(word),
  };
}

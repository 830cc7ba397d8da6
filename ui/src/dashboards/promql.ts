/**
 * As much of PromQL as a board's page needs: where strings stand and by which quote, and where selectors
 * stand and what they match by. A careful scanner, no parser: it takes any text and finds what it can, so
 * that a query with a mistake reaches the server, which names it.
 */

export interface Matcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** A selector in an expression: `name{label="value"}` without its window. */
export interface Selector {
  readonly start: number;
  readonly end: number;
  readonly name?: string;
  readonly matchers: readonly Matcher[];
  /** Where its brace closes; undefined where it has none. */
  readonly closes?: number;
  /** Whether anything stands between its braces. */
  readonly filled: boolean;
}

interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'sign';
  readonly text: string;
  readonly at: number;
}

const TOKEN =
  /\s+|#[^\n]*|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)|([a-zA-Z_:$][\w:$]*)|(\d[\w.]*|\.\d[\w.]*)|(=~|!~|!=|==|>=|<=|[^\s\w])/gs;

function tokensOf(expr: string): Token[] {
  const out: Token[] = [];
  for (const match of expr.matchAll(TOKEN)) {
    const [text, string, word, number, sign] = match;
    const kind = string ? 'string' : word ? 'word' : number ? 'number' : sign ? 'sign' : null;
    if (kind) out.push({ kind, text, at: match.index });
  }
  return out;
}

/** Words that stand where a metric could, and are none. */
const KEYWORDS = new Set(
  'and or unless atan2 bool offset by without on ignoring group_left group_right inf nan'.split(
    ' ',
  ),
);
/** What a list of labels in parentheses follows. */
const GROUPING = new Set('by without on ignoring group_left group_right'.split(' '));

/** Every selector of an expression, in the order they stand. */
export function selectorsIn(expr: string): Selector[] {
  const tokens = tokensOf(expr);
  const out: Selector[] = [];
  let i = 0;
  while (i < tokens.length) {
    const { kind, text, at } = tokens[i]!;
    const next = tokens[i + 1]?.text;
    if (kind === 'word' && GROUPING.has(text.toLowerCase()) && next === '(') {
      i = after(tokens, i + 1, '(', ')');
    } else if (text === '[') {
      i = after(tokens, i, '[', ']');
    } else if (text === '{') {
      const end = after(tokens, i, '{', '}');
      out.push(selectorOf(tokens, i, end, at));
      i = end;
    } else if (kind === 'word' && !isCall(text, next)) {
      const end = next === '{' ? after(tokens, i + 1, '{', '}') : i + 1;
      out.push(selectorOf(tokens, i, end, at, text));
      i = end;
    } else i++;
  }
  return out;
}

const isCall = (word: string, next: string | undefined): boolean =>
  next === '(' || KEYWORDS.has(word.toLowerCase()) || /^(by|without)$/i.test(next ?? '');

/** The place after the bracket that closes the one at `i`. */
function after(tokens: readonly Token[], i: number, opens: string, closes: string): number {
  let depth = 0;
  for (let at = i; at < tokens.length; at++) {
    if (tokens[at]!.kind !== 'sign') continue;
    if (tokens[at]!.text === opens) depth++;
    if (tokens[at]!.text === closes && --depth === 0) return at + 1;
  }
  return tokens.length;
}

function selectorOf(
  tokens: readonly Token[],
  from: number,
  to: number,
  start: number,
  word?: string,
): Selector {
  const last = tokens[to - 1]!;
  const open = word === undefined ? from : from + 1;
  const inner = tokens.slice(open + 1, to - 1);
  const braced = last.text === '}';
  const { name, matchers } = matchersOf(inner);
  return {
    start,
    end: last.at + last.text.length,
    name: word ?? name,
    matchers,
    closes: braced ? last.at : undefined,
    filled: braced && inner.length > 0,
  };
}

function matchersOf(inner: readonly Token[]): { name?: string; matchers: Matcher[] } {
  const matchers: Matcher[] = [];
  let name: string | undefined;
  inner.forEach((token, i) => {
    const [sign, value] = [inner[i + 1], inner[i + 2]];
    const isName = token.kind === 'string' && (!sign || sign.text === ',');
    if (isName && (i === 0 || inner[i - 1]!.text === ',')) name = unquote(token.text);
    if (value?.kind !== 'string' || !/^(=|!=|=~|!~)$/.test(sign?.text ?? '')) return;
    const label = token.kind === 'string' ? unquote(token.text) : token.text;
    const matcher = { label, operator: sign!.text, value: unquote(value.text) };
    if (label === '__name__' && matcher.operator === '=') name = matcher.value;
    else matchers.push(matcher);
  });
  return { name, matchers };
}

/** The text a string stands for. */
export function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return inner;
  return inner.replace(/\\(.)/gs, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? c);
}

export const quoted = (value: string): string =>
  `"${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;

const PLAIN_LABEL = /^[a-zA-Z_]\w*$/;

const written = ({ label, operator, value }: Matcher): string =>
  `${PLAIN_LABEL.test(label) ? label : quoted(label)}${operator}${quoted(value)}`;

/** The selector as PromQL, with these matchers instead of its own. */
export function selectorText(name: string | undefined, matchers: readonly Matcher[]): string {
  const plain = name !== undefined && /^[a-zA-Z_:][\w:]*$/.test(name);
  const inner = [...(name !== undefined && !plain ? [quoted(name)] : []), ...matchers.map(written)];
  return `${plain ? name : ''}${inner.length || !plain ? `{${inner.join(', ')}}` : ''}`;
}

/** The expression with matchers added to every selector of it. */
export function withMatchers(expr: string, matchers: readonly Matcher[]): string {
  if (matchers.length === 0) return expr;
  const added = matchers.map(written).join(', ');
  let out = '';
  let done = 0;
  for (const { end, closes, filled } of selectorsIn(expr)) {
    const before = expr.slice(done, closes ?? end);
    const comma = filled && !/,\s*$/.test(before) ? ', ' : '';
    out += closes === undefined ? `${before}{${added}}` : `${before}${comma}${added}`;
    done = closes ?? end;
  }
  return out + expr.slice(done);
}

/** For each place of a text the quote it stands in: `"`, `'`, a back-tick, or nothing. */
export function quoteAt(expr: string): (offset: number) => string {
  const strings = [...expr.matchAll(TOKEN)].flatMap(({ 1: text, index }) =>
    text ? [{ from: index, to: index + text.length, quote: text[0]! }] : [],
  );
  return (offset) => strings.find(({ from, to }) => from < offset && offset < to)?.quote ?? '';
}

/** The arguments of a call at its commas, not at those within strings and brackets. */
export function argumentsOf(inner: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { kind, text, at } of tokensOf(inner)) {
    if (kind !== 'sign') continue;
    if (/[([{]/.test(text)) depth++;
    if (/[)\]}]/.test(text)) depth--;
    if (text !== ',' || depth !== 0) continue;
    out.push(inner.slice(from, at).trim());
    from = at + 1;
  }
  return [...out, inner.slice(from).trim()];
}

/** Formulas of `math`: numbers, `$A` and `${a name}`, operators and functions, as Grafana reads them. */
import { Refused } from './refused';

export type Operator = (typeof LEVELS)[number][number] | '**';
export type Formula =
  | { readonly kind: 'constant'; readonly value: number | null }
  | { readonly kind: 'answer'; readonly refId: string }
  | { readonly kind: 'minus' | 'not'; readonly of: Formula }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: Formula }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Formula;
      readonly right: Formula;
    };

/** From the weakest to the strongest; `**` binds stronger than all of them, a sign stronger still. */
const LEVELS = [
  ['||'],
  ['&&'],
  ['==', '!=', '>=', '<=', '>', '<'],
  ['+', '-'],
  ['*', '/', '%'],
] as const;

/** What a function makes of one value. The four that look at holes are answers about them, not of them. */
export const FUNCTIONS = {
  abs: Math.abs,
  log: Math.log,
  round: (value: number) => Math.sign(value) * Math.round(Math.abs(value)), // halves away from zero
  ceil: Math.ceil,
  floor: Math.floor,
  is_nan: (value: number) => Number(Number.isNaN(value)),
  is_inf: (value: number) => Number(value === Infinity || value === -Infinity),
  is_null: () => 0,
  is_number: (value: number) => Number(Number.isFinite(value)),
} as const satisfies Record<string, (value: number) => number>;
export type FunctionName = keyof typeof FUNCTIONS;

/** Values by name; they are called without an argument. */
const CONSTANTS: Readonly<Record<string, number | null>> = {
  nan: NaN,
  inf: Infinity,
  infn: -Infinity,
  null: null,
};

const LONGEST = 10_000;
const DEEPEST = 100;
const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|\$\{([^}]*)\}|\$([A-Za-z_]\w*)|([A-Za-z_]\w*)|(\*\*|\|\||&&|[=!<>]=|[-+*/%<>!(),]))/y;

type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'answer' | 'name' | 'sign'; readonly text: string };

export function parse(text: string): Formula {
  const parser = new Parser(tokensOf(text));
  const formula = parser.level(0, 0);
  parser.end();
  return formula;
}

function tokensOf(text: string): Token[] {
  if (text.length > LONGEST) throw new Refused(`its formula is longer than ${LONGEST} characters`);
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found)
      throw new Refused(`its formula cannot be read from "${text.slice(at, at + 20).trim()}" on`);
    const [, number, braced, answer, name, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', value: numberOf(number) });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else tokens.push({ kind: 'answer', text: braced ?? answer ?? '' });
  }
  return tokens;
}

/** A leading zero means octal, as in Go. */
const numberOf = (text: string): number =>
  /^0[0-7]+$/.test(text) ? parseInt(text, 8) : Number(text);

class Parser {
  private at = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  /** Operators of one strength, from the left. */
  level(strength: number, depth: number): Formula {
    if (depth > DEEPEST) throw new Refused(`its formula is nested deeper than ${DEEPEST} levels`);
    const operators: readonly string[] | undefined = LEVELS[strength];
    if (!operators) return this.power(depth);
    let left = this.level(strength + 1, depth);
    for (let sign = this.take(operators); sign; sign = this.take(operators)) {
      left = {
        kind: 'binary',
        operator: sign as Operator,
        left,
        right: this.level(strength + 1, depth),
      };
    }
    return left;
  }

  end(): void {
    const left = this.tokens[this.at];
    if (left) throw new Refused(`its formula has "${wordsOf(left)}" where it should end or go on`);
  }

  private power(depth: number): Formula {
    let left = this.factor(depth + 1);
    while (this.take(['**'])) {
      left = { kind: 'binary', operator: '**', left, right: this.factor(depth + 1) };
    }
    return left;
  }

  private factor(depth: number): Formula {
    if (depth > DEEPEST) throw new Refused(`its formula is nested deeper than ${DEEPEST} levels`);
    if (this.take(['-'])) return { kind: 'minus', of: this.factor(depth + 1) };
    if (this.take(['!'])) return { kind: 'not', of: this.factor(depth + 1) };
    if (this.take(['('])) {
      const inner = this.level(0, depth + 1);
      this.need(')');
      return inner;
    }
    const token = this.tokens[this.at++];
    if (token?.kind === 'number') return { kind: 'constant', value: token.value };
    if (token?.kind === 'answer') return { kind: 'answer', refId: token.text };
    if (token?.kind === 'name') return this.call(token.text, depth);
    throw new Refused(
      token
        ? `its formula has "${wordsOf(token)}" where a value should stand`
        : 'its formula ends where a value should stand',
    );
  }

  private call(name: string, depth: number): Formula {
    this.need('(');
    if (Object.hasOwn(CONSTANTS, name)) {
      this.need(')');
      return { kind: 'constant', value: CONSTANTS[name]! };
    }
    if (!Object.hasOwn(FUNCTIONS, name)) throw new Refused(`there is no function called "${name}"`);
    const of = this.level(0, depth + 1);
    this.need(')');
    return { kind: 'call', name: name as FunctionName, of };
  }

  private take(signs: readonly string[]): string | undefined {
    const token = this.tokens[this.at];
    if (token?.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.at++;
    return token.text;
  }

  private need(sign: string): void {
    if (!this.take([sign])) throw new Refused(`its formula lacks a "${sign}"`);
  }
}

const wordsOf = (token: Token): string =>
  token.kind === 'number'
    ? String(token.value)
    : token.kind === 'answer'
      ? `$${token.text}`
      : token.text;

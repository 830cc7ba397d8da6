/** Fuzzy search as people type it: letters in order, best where words begin or letters follow on. */
export interface Match {
  score: number;
  /** Indices of the letters that matched. */
  at: number[];
}

/** How well `text` answers `wish`; `undefined` when its letters are not all there in order. */
export function fuzzy(wish: string, text: string): Match | undefined {
  const needle = wish.toLowerCase().replace(/\s+/g, '');
  if (needle === '') return { score: 0, at: [] };
  const hay = text.toLowerCase();
  const whole = hay.indexOf(wish.toLowerCase().trim());
  if (whole >= 0) {
    const length = wish.trim().length;
    return {
      score: 100 + (startsWord(text, whole) ? 50 : 0) + (whole === 0 ? 25 : 0) - hay.length / 100,
      at: Array.from({ length }, (_, i) => whole + i),
    };
  }
  return inOrder(needle, text, hay);
}

function inOrder(needle: string, text: string, hay: string): Match | undefined {
  const at: number[] = [];
  let score = 0;
  let from = 0;
  for (const letter of needle) {
    let found = hay.indexOf(letter, from);
    if (found < 0) return undefined;
    // prefer a word's beginning over a letter in its middle, when the letter comes again
    for (let next = found; next >= 0 && next < from + 24; next = hay.indexOf(letter, next + 1)) {
      if (next === from || startsWord(text, next)) {
        found = next;
        break;
      }
    }
    score += found === from && at.length > 0 ? 4 : startsWord(text, found) ? 3 : 1;
    at.push(found);
    from = found + 1;
  }
  return { score: score - hay.length / 100, at };
}

function startsWord(text: string, index: number): boolean {
  return index === 0 || /[^a-z0-9]/i.test(text[index - 1]!);
}

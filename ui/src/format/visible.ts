/** What is not seen but acts: control characters, and those that turn the direction of a text. */
const UNSEEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A text from anywhere with such characters written out: `\u202e` in place of what it does to the page. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (one) => `\\u${one.codePointAt(0)!.toString(16).padStart(4, '0')}`);
}

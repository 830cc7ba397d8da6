import type { QueryWord } from '../api/oriel';
import { texts } from '../app/texts';
import css from './help.module.css';

/**
 * What a word of PromQL takes, gives and is for. Plain elements, because the editor shows the same in
 * its own tooltips.
 */
export function wordHelp(word: QueryWord): HTMLElement {
  const box = element('div', css.help);
  box.append(element('code', undefined, word.signature));
  const doc = element('p', undefined, word.doc);
  if (word.experimental) doc.append(' ', element('em', undefined, texts.explore.experimental));
  const example = element('small', undefined, texts.explore.example);
  example.append(element('code', undefined, word.example));
  box.append(doc, example);
  return box;
}

function element(tag: string, className?: string, text?: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

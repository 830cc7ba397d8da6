/** What a text panel shows: the author's words with variables filled in, made safe. Knows no React. */
import DOMPurify from 'dompurify';
import { marked } from 'marked';

/** A place where a variable may stand: `$name`, `${name:format}`, `[[name]]`. */
const VARIABLE = /\$\w+|\$\{[^{}]+\}|\[\[\w+(?::\w+)?\]\]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const asText = (words: string) => words.replace(/[&<>"']/g, (one) => ENTITIES[one]!);

/** The value of a variable comes from labels: it is text, whatever stands in it. */
const filled = (content: string, say: (text: string) => string): string =>
  content.replace(VARIABLE, (place) => {
    const words = say(place);
    return words === place ? place : asText(words);
  });

const IMAGE = /^(https?:|data:image\/)/i;

const purify = DOMPurify(window);
purify.addHook('afterSanitizeAttributes', (element) => {
  if (element.tagName === 'A' && /^[a-z]+:|^\/\//i.test(element.getAttribute('href') ?? '')) {
    element.setAttribute('target', '_blank');
    element.setAttribute('rel', 'noopener noreferrer');
  }
  if (element.tagName === 'IMG') {
    if (!IMAGE.test(element.getAttribute('src') ?? '')) element.removeAttribute('src');
    element.setAttribute('referrerpolicy', 'no-referrer');
    if (!element.hasAttribute('alt')) element.setAttribute('alt', '');
  }
});

const RULES = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'dialog', 'iframe'],
  FORBID_ATTR: ['style', 'class', 'srcset', 'background', 'autoplay', 'tabindex', 'accesskey'],
  SANITIZE_NAMED_PROPS: true,
};

/** Markdown or HTML, as HTML that holds nothing that runs, loads a page or takes input. */
export function safeHtml(content: string, mode: unknown, say: (text: string) => string): string {
  const words = filled(content, say);
  return purify.sanitize(mode === 'html' ? words : marked.parse(words, { async: false }), RULES);
}

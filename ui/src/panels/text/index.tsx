import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { useMemo } from 'react';
import type { PanelViewProps } from '../panel';
import css from './text.module.css';

/** Words of the board's author, as Markdown; what could run is taken out. */
export default function Text({ options, say, height }: PanelViewProps) {
  const content = typeof options['content'] === 'string' ? options['content'] : '';
  const html = useMemo(() => {
    const filled = say(content);
    const raw = options['mode'] === 'html' ? filled : marked.parse(filled, { async: false });
    return DOMPurify.sanitize(raw, {
      FORBID_TAGS: ['style', 'form', 'iframe'],
      FORBID_ATTR: ['style'],
    });
  }, [content, options, say]);
  return (
    <div
      className={css.text}
      style={{ height }}
      tabIndex={0}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

import { useMemo } from 'react';
import type { PanelViewProps } from '../panel';
import { safeHtml } from './content';
import css from './text.module.css';

/** Words of the board's author as Markdown or HTML, or as code; what could run is taken out. */
export default function Text({ title, options, say, height }: PanelViewProps) {
  const content = typeof options['content'] === 'string' ? options['content'] : '';
  if (options['mode'] === 'code') {
    return <Code text={say(content)} options={options} label={title} height={height} />;
  }
  return <Words content={content} mode={options['mode']} say={say} height={height} />;
}

function Words(props: {
  content: string;
  mode: unknown;
  say: (text: string) => string;
  height: number;
}) {
  const { content, mode, say, height } = props;
  const html = useMemo(() => safeHtml(content, mode, say), [content, mode, say]);
  return (
    <div
      className={css.text}
      style={{ height }}
      tabIndex={0}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}

function Code(props: {
  text: string;
  options: PanelViewProps['options'];
  label: string;
  height: number;
}) {
  const { text, options, label, height } = props;
  const code = (options['code'] ?? {}) as { language?: unknown; showLineNumbers?: unknown };
  const language = typeof code.language === 'string' ? code.language : '';
  const lines = code.showLineNumbers === true ? text.split('\n') : null;
  return (
    <div className={css.text} style={{ height }} tabIndex={0}>
      {language && language !== 'plaintext' && <small className={css.language}>{language}</small>}
      <pre aria-label={label || undefined}>
        <code className={lines ? css.numbered : undefined} data-language={language}>
          {lines ? lines.map((line, i) => <span key={i}>{`${line}\n`}</span>) : text}
        </code>
      </pre>
    </div>
  );
}

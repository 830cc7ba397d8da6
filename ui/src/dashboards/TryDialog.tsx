import { useState } from 'react';
import { texts } from '../app/texts';
import { Button, Dialog, Nothing } from '../parts';
import css from './list.module.css';

const words = texts.dashboards.trying;

/** A place to paste a board's JSON, or to choose its file. */
export function TryDialog(props: {
  problem: string | undefined;
  onText: (text: string, file?: string) => void;
  onClose: () => void;
}) {
  const { problem, onText, onClose } = props;
  const [text, setText] = useState('');
  return (
    <Dialog label={words.open} onClose={onClose} wide>
      <div className={css.try}>
        <h2>{words.open}</h2>
        <p>{words.how}</p>
        <label>
          <span>{words.paste}</span>
          <textarea
            value={text}
            rows={10}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <label>
          <span>{words.choose}</span>
          <input
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) void file.text().then((content) => onText(content, file.name));
            }}
          />
        </label>
        {problem && <Nothing state="crit" title={words.notShown} details={problem} />}
        <footer>
          <Button onClick={onClose}>{words.close}</Button>
          <Button look="primary" disabled={!text.trim()} onClick={() => onText(text)}>
            {words.show}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}

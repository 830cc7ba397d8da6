import { Dialog, Kbd } from '../parts';
import { KEYS } from './keys';
import css from './keysDialog.module.css';
import { texts } from './texts';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label={texts.keys.title} onClose={onClose}>
      <div className={css.body}>
        <h2>{texts.keys.title}</h2>
        <dl>
          {KEYS.map(([keys, words]) => (
            <div key={keys}>
              <dt>
                {keys.split(' ').map((key, i) => (
                  <Kbd key={i} keys={key} />
                ))}
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <button className={css.close}>{'Esc'}</button>
        </form>
      </div>
    </Dialog>
  );
}

/** Keys: one table says which there are; `useKeys` listens, sequences like `g h` included. */
import { useEffect, useEffectEvent } from 'react';
import { texts } from './texts';

const SEQUENCE_MS = 1_000;

/** Everything the keys dialog lists; none is the only way to what it does. */
export const KEYS: readonly (readonly [keys: string, words: string])[] = [
  ['Ctrl K', texts.keys.palette],
  ['g h', texts.keys.home],
  ['g d', texts.keys.dashboards],
  ['g e', texts.keys.explore],
  ['g t', texts.keys.targets],
  ['g c', texts.keys.series],
  ['g s', texts.keys.settings],
  ['/', texts.keys.filter],
  ['j', texts.keys.next],
  ['k', texts.keys.previous],
  ['Enter', texts.keys.open],
  ['z', texts.keys.zoomOut],
  [',', texts.keys.back],
  ['.', texts.keys.forth],
  ['d r', texts.keys.refresh],
  ['d k', texts.keys.kiosk],
  ['t a', texts.keys.fixTime],
  ['d E', texts.keys.openRows],
  ['d C', texts.keys.closeRows],
  ['v', texts.keys.alone],
  ['i', texts.keys.inspect],
  ['w', texts.keys.inWords],
  ['e', texts.keys.asCode],
  ['y', texts.keys.copyLink],
  ['[', texts.keys.sideBar],
  ['Ctrl Enter', texts.keys.run],
  ['Esc', texts.keys.escape],
  ['?', texts.keys.all],
];

/** Calls what is bound to the keys pressed, unless somebody is typing. */
export function useKeys(bindings: Readonly<Record<string, () => void>>): void {
  const press = useEffectEvent((sequence: string): boolean => {
    const action = bindings[sequence];
    action?.();
    return action !== undefined;
  });

  useEffect(() => {
    let before = '';
    let beforeAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isTyping(event)) return;
      const key = nameOf(event);
      if (!key) return;
      const sequence = Date.now() - beforeAt < SEQUENCE_MS ? `${before} ${key}` : '';
      const done = (sequence && press(sequence)) || press(key);
      if (done) event.preventDefault();
      before = done ? '' : key;
      beforeAt = Date.now();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function nameOf(event: KeyboardEvent): string {
  if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return '';
  if (event.altKey) return '';
  const command = event.ctrlKey || event.metaKey;
  return command ? `Ctrl ${event.key.toUpperCase()}` : event.key;
}

/** While a field has the focus or a dialog is open, letters belong to it; Ctrl K opens the palette anyway. */
function isTyping(event: KeyboardEvent): boolean {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') return false;
  if (document.querySelector('dialog[open]')) return true;
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

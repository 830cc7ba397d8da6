/** What the editor shows of the rest of the page: a marked part of the text, help on a word. */
import { StateEffect, StateField, type Extension, type Text } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  hoverTooltip,
  keymap,
  showTooltip,
  type DecorationSet,
  type Tooltip,
} from '@codemirror/view';
import type { QueryWord } from '../api/oriel';
import type { Place } from './explained';
import { wordHelp } from './wordHelp';

const setMark = StateEffect.define<Place | null>();
const mark = Decoration.mark({ class: 'cm-pointed' });

const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(now, { changes, effects, docChanged, newDoc }) {
    const effect = effects.find((one) => one.is(setMark));
    if (effect) return marksOf(effect.value, newDoc.length);
    return docChanged ? now.map(changes) : now;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function marksOf(place: Place | null, length: number): DecorationSet {
  if (!place) return Decoration.none;
  const from = Math.min(place.from, length);
  const to = Math.min(place.to, length);
  return from < to ? Decoration.set(mark.range(from, to)) : Decoration.none;
}

/** Marks a part of the text, or nothing. */
export function markPlace(editor: EditorView, place: Place | null): void {
  editor.dispatch({ effects: setMark.of(place) });
}

/** Selects a part of the text and goes there. */
export function goTo(editor: EditorView, { from, to }: Place): void {
  const { length } = editor.state.doc;
  const selection = { anchor: Math.min(from, length), head: Math.min(to, length) };
  editor.dispatch({ selection, scrollIntoView: true });
  editor.focus();
}

const setHelp = StateEffect.define<Tooltip | null>();

/** Help that a key has opened; it goes when the text changes, with Esc and when the focus leaves. */
const helped = StateField.define<Tooltip | null>({
  create: () => null,
  update(now, { effects, docChanged, selection }) {
    const effect = effects.find((one) => one.is(setHelp));
    if (effect) return effect.value;
    return docChanged || selection ? null : now;
  },
  provide: (field) => showTooltip.from(field),
});

/** Help on functions, aggregations and operators: by pointer, and by `Ctrl I` at the caret. */
export function help(words: () => readonly QueryWord[]): Extension {
  const at = (doc: Text, pos: number) => tooltipAt(doc, pos, words());
  return [
    marked,
    helped,
    hoverTooltip(({ state }, pos) => at(state.doc, pos), { hoverTime: 250 }),
    keymap.of([
      { key: 'Mod-i', preventDefault: true, run: (view) => open(view, at) },
      { key: 'Escape', run: close },
    ]),
    EditorView.domEventHandlers({ blur: (_, view) => void close(view) }),
  ];
}

function open(view: EditorView, at: (doc: Text, pos: number) => Tooltip | null): boolean {
  const tooltip = at(view.state.doc, view.state.selection.main.head);
  view.dispatch({ effects: setHelp.of(tooltip) });
  return true;
}

function close(view: EditorView): boolean {
  if (!view.state.field(helped)) return false;
  view.dispatch({ effects: setHelp.of(null) });
  return true;
}

function tooltipAt(doc: Text, pos: number, words: readonly QueryWord[]): Tooltip | null {
  const found = wordAt(doc.toString(), pos, words);
  if (!found) return null;
  const { word, from, to } = found;
  return { pos: from, end: to, above: false, create: () => ({ dom: wordHelp(word) }) };
}

/** The word of PromQL that stands around a place; a metric of the same name is none. */
export function wordAt(
  text: string,
  pos: number,
  words: readonly QueryWord[],
): (Place & { word: QueryWord }) | undefined {
  for (const match of text.matchAll(
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w:]+|[-+*/%^]|[<>=!][=/]?/g,
  )) {
    const [name] = match;
    const from = match.index;
    const to = from + name.length;
    if (from > pos) return undefined;
    if (pos > to) continue;
    const called = /^\s*(?:\(|by\b|without\b)/i.test(text.slice(to));
    const word = words.find(
      (one) => one.name === name.toLowerCase() && (one.kind === 'operator' || called),
    );
    if (word) return { word, from, to };
  }
  return undefined;
}

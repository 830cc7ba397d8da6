import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  insertNewlineAndIndent,
} from '@codemirror/commands';
import { bracketMatching, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Annotation, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { useEffect, useEffectEvent, useRef } from 'react';
import { address } from '../api/client';
import type { QueryWord } from '../api/oriel';
import { texts } from '../app/texts';
import { OwnWords } from './completion';
import { goTo, help, markPlace } from './editorHelp';
import { editorLook, promqlColours } from './editorLook';
import type { ErrorPlace } from './errorPlace';
import type { Place } from './explained';

/** Marks a text that the page has put in: nobody wrote it. */
const given = Annotation.define<true>();

interface EditorProps {
  label: string;
  value: string;
  error?: ErrorPlace;
  /** For help and completion. */
  words: readonly QueryWord[];
  /** A part of the text to light up. */
  marked: Place | null;
  /** A part of the text to go to; another object goes there again. */
  chosen?: Place;
  onChange: (text: string) => void;
  onRun: () => void;
  onFocus: () => void;
}

/** A line of PromQL with colours, completion from the live store, and errors where they are. */
export default function Editor(props: EditorProps) {
  const { label, value, error, words, marked, chosen, onChange, onRun, onFocus } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const run = useEffectEvent(onRun);
  const change = useEffectEvent(onChange);
  const focus = useEffectEvent(onFocus);
  const first = useEffectEvent(() => value);
  const known = useEffectEvent(() => words);

  useEffect(() => {
    const own = new OwnWords(address('').replace(/\/$/, ''), () => known());
    const promql = new PromQLExtension()
      .activateLinter(false) // what is wrong says the server, which knows its own language
      .setComplete({ completeStrategy: own });
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: first(),
        extensions: [
          promql.asExtension(),
          keys(() => run()),
          basics(label),
          help(() => known()),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((one) => one.annotation(given)))
              change(update.state.doc.toString());
            if (update.focusChanged && update.view.hasFocus) focus();
          }),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      promql.destroy();
    };
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      selection: { anchor: value.length },
      annotations: given.of(true),
    });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor)
      editor.dispatch(setDiagnostics(editor.state, error ? [underline(editor, error)] : []));
  }, [error]);

  useEffect(() => {
    if (view.current) markPlace(view.current, marked);
  }, [marked]);

  useEffect(() => {
    if (view.current && chosen) goTo(view.current, chosen);
  }, [chosen]);

  return <div ref={host} />;
}

function keys(run: () => void): Extension {
  const runs = () => {
    run();
    return true;
  };
  return [
    Prec.highest(
      keymap.of([
        { key: 'Mod-Enter', run: runs },
        { key: 'Shift-Enter', run: runs },
        { key: 'Alt-Enter', run: insertNewlineAndIndent },
      ]),
    ),
    Prec.low(
      keymap.of([
        { key: 'Enter', run: runs }, // after completion has had its turn
        { key: 'Escape', run: leave },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...historyKeymap,
        ...defaultKeymap,
      ]),
    ),
  ];
}

function leave(editor: EditorView): boolean {
  editor.contentDOM.blur();
  return true;
}

function basics(label: string): Extension {
  return [
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    tooltips({ parent: document.body }), // not cut off by the panel
    syntaxHighlighting(promqlColours),
    editorLook,
    EditorView.lineWrapping,
    placeholder(texts.explore.placeholder),
    EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
  ];
}

function underline(editor: EditorView, place: ErrorPlace): Diagnostic {
  const end = editor.state.doc.length;
  const from = Math.min(place.offset, Math.max(0, end - 1));
  const to = Math.max(from, Math.min(place.end, end));
  return { from, to, severity: 'error', message: place.reason };
}

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
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { useEffect, useEffectEvent, useRef } from 'react';
import { address } from '../api/client';
import { texts } from '../app/texts';
import { editorLook, promqlColours } from './editorLook';
import type { ErrorPlace } from './errorPlace';

interface EditorProps {
  label: string;
  value: string;
  error?: ErrorPlace;
  onChange: (text: string) => void;
  onRun: () => void;
  onFocus: () => void;
}

/** A line of PromQL with colours, completion from the live store, and errors where they are. */
export default function Editor({ label, value, error, onChange, onRun, onFocus }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const run = useEffectEvent(onRun);
  const change = useEffectEvent(onChange);
  const focus = useEffectEvent(onFocus);
  const first = useEffectEvent(() => value);

  useEffect(() => {
    const promql = new PromQLExtension().setComplete({
      remote: { url: address('').replace(/\/$/, ''), httpMethod: 'GET' },
    });
    const editor = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: first(),
        extensions: [
          promql.asExtension(),
          keys(() => run()),
          basics(label),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change(update.state.doc.toString());
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
    });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor)
      editor.dispatch(setDiagnostics(editor.state, error ? [underline(editor, error)] : []));
  }, [error]);

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

function underline(editor: EditorView, { offset, reason }: ErrorPlace): Diagnostic {
  const end = editor.state.doc.length;
  const from = Math.min(offset, Math.max(0, end - 1));
  return { from, to: Math.min(from + 1, end), severity: 'error', message: reason };
}

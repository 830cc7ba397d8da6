/** The editor in our tokens: dark and light come by themselves. */
import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const promqlColours = HighlightStyle.define([
  { tag: [tags.function(tags.variableName), tags.definitionKeyword], color: 'var(--syn-fn)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--syn-str)' },
  { tag: [tags.number, tags.atom], color: 'var(--syn-num)' },
  {
    tag: [tags.labelName, tags.modifier, tags.keyword, tags.operatorKeyword],
    color: 'var(--syn-key)',
  },
  { tag: tags.operator, color: 'var(--t2)' },
  { tag: [tags.paren, tags.squareBracket, tags.brace, tags.punctuation], color: 'var(--t2)' },
  { tag: tags.comment, color: 'var(--t3)', fontStyle: 'italic' },
  { tag: tags.invalid, color: 'var(--crit)' },
]);

export const editorLook = EditorView.theme({
  '&': { fontSize: '12.5px', color: 'var(--t1)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
  '.cm-content': { padding: '5px 0', caretColor: 'var(--t1)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-cursor': { borderLeftColor: 'var(--t1)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground, ::selection':
    { background: 'color-mix(in oklab, var(--accent) 30%, transparent) !important' },
  '.cm-placeholder': { color: 'var(--t3)' },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--selected)', color: 'inherit' },
  '&.cm-focused .cm-nonmatchingBracket': { color: 'var(--crit)', background: 'none' },
  '.cm-pointed': {
    borderRadius: '3px',
    background: 'color-mix(in oklab, var(--accent) 24%, transparent)',
    boxShadow: '0 1px 0 var(--accent)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--crit)',
    textUnderlineOffset: '4px',
  },
  '.cm-tooltip': {
    border: '0',
    borderRadius: '8px',
    background: 'var(--pop)',
    color: 'var(--t1)',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip-lint .cm-diagnostic': { borderLeft: '3px solid var(--crit)', padding: '4px 8px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    fontSize: '12px',
    maxHeight: '19em',
    padding: '4px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '16px',
    padding: '3px 8px',
    borderRadius: '5px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    background: 'var(--selected)',
    color: 'var(--t1)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: 'var(--t2)' },
  '.cm-completionMatchedText': {
    color: 'var(--accent)',
    textDecoration: 'none',
    fontWeight: '600',
  },
  '.cm-completionDetail': {
    marginLeft: 'auto',
    color: 'var(--t3)',
    fontFamily: 'var(--sans)',
    fontStyle: 'normal',
  },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '420px', padding: '0', color: 'var(--t2)' },
  '.cm-completionInfo:not(:has(> div))': {
    padding: '8px 10px',
    fontFamily: 'var(--sans)',
    fontSize: '12px',
  },
});

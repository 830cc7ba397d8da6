/** Panels that are kept outside of the board: brought along in `__elements`, or missing. */
import type { Panel } from '../model';
import { isObject, object, text, type Json } from './json';

export class Library {
  private readonly byUid = new Map<string, Json>();

  constructor(board: Json) {
    const elements = board['__elements'];
    for (const element of Object.values(isObject(elements) ? elements : {})) {
      if (isObject(element) && isObject(element['model']))
        this.byUid.set(text(element['uid']), element['model']);
    }
    for (const element of Array.isArray(elements) ? elements : []) {
      if (isObject(element) && isObject(element['model']))
        this.byUid.set(text(element['uid']), element['model']);
    }
  }

  /** The panel itself, with the place the board gives it; a missing one has its name alone. */
  of(panel: Json): { panel: Json; libraryPanel?: Panel['libraryPanel'] } {
    const reference = panel['libraryPanel'];
    if (!isObject(reference)) return { panel };
    const model = isObject(reference['model'])
      ? reference['model']
      : this.byUid.get(text(reference['uid']));
    const name = text(reference['name']) || text(reference['uid']);
    const own = { id: panel['id'], gridPos: panel['gridPos'] };
    if (model) return { panel: { ...model, ...own }, libraryPanel: { name, missing: false } };
    if (text(panel['type']) && text(panel['type']) !== 'library-panel-ref')
      return { panel, libraryPanel: { name, missing: false } }; // the file has it whole
    return {
      panel: { ...object(panel), type: 'library', title: text(panel['title']) || name },
      libraryPanel: { name, missing: true },
    };
  }
}

/** What every panel is given, and what a kind of panel is. A panel asks for nothing itself. */
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Frame } from '../frames/frame';

/** What Oriel adds to a panel's options, under the key `oriel`; other viewers pass over it. */
export interface OrielOptions {
  /** Unit or meaning, beside the title. */
  readonly subtitle?: string;
  /** The line under a value, or beside a bar; `{B}` in it is the value now of query B, in its unit. */
  readonly context?: string;
  /** What stands on the threshold line before its value: "felt above". */
  readonly limit?: string;
}

export interface PanelViewProps {
  readonly title: string;
  /** The panel's own options, as they stand in the JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly oriel: OrielOptions;
  /** Data with units, thresholds and names already applied. */
  readonly frames: readonly Frame[];
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly stepMs: number;
  /** Of the panel's body, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** A place on the right of the panel's head, for a legend that is short enough. */
  readonly head: HTMLElement | null;
  /** Fills variables into words. */
  readonly say: (text: string) => string;
  /** The time that was dragged on a chart. */
  readonly onZoom: (fromMs: number, toMs: number) => void;
}

export interface PanelKind {
  readonly title: string;
  readonly view: LazyExoticComponent<ComponentType<PanelViewProps>>;
  /** Names of old panel kinds that it draws too. */
  readonly renders?: readonly string[];
  /** Shows the present: its queries are also asked at the end of the range, not only at steps. */
  readonly present?: boolean;
  /** Its body goes to the panel's edge. */
  readonly flush?: boolean;
  /** Draws without data of its own. */
  readonly still?: boolean;
}

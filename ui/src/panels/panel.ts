/** What every panel is given, and what a kind of panel is. A panel asks for nothing itself. */
import type { ComponentType, LazyExoticComponent } from 'react';
import type { Field, Frame } from '../frames/frame';

/** What Oriel adds to a panel's options, under the key `oriel`; other viewers pass over it. */
export interface OrielOptions {
  /** Unit or meaning, beside the title. */
  readonly subtitle?: string;
  /** The line under a value, or beside a bar; `{B}` in it is the value now of query B, in its unit. */
  readonly context?: string;
  /** What stands on the threshold line before its value: "felt above". */
  readonly limit?: string;
}

/** Something that happened, as every chart over time shows it: a flag on the top edge and a dotted line. */
export interface Mark {
  readonly fromMs: number;
  /** Where it lasted: its end. */
  readonly toMs?: number;
  readonly title: string;
  readonly text: string;
  readonly tags: readonly string[];
  /** A CSS colour or token. */
  readonly colour: string;
  /** `change`: somebody changed something; `collection`: about how data came; `board`: the board's own query. */
  readonly kind: 'change' | 'alert' | 'collection' | 'board';
}

/** One measured case behind a series: a diamond on the chart that names its labels. */
export interface Exemplar {
  readonly refId: string;
  readonly timeMs: number;
  readonly value: number;
  /** Of the exemplar: a trace id, a run... */
  readonly labels: Readonly<Record<string, string>>;
  readonly seriesLabels: Readonly<Record<string, string>>;
}

/** Where a value leads, with everything filled in. */
export interface Link {
  readonly title: string;
  readonly href: string;
  readonly newTab: boolean;
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
  /** What happened within the range, oldest first. */
  readonly annotations?: readonly Mark[];
  readonly exemplars?: readonly Exemplar[];
  /** Whose clock the axis and the words show; the browser's where nothing is said. */
  readonly timeZone?: 'browser' | 'utc';
  /** Of the panel's body, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** A place on the right of the panel's head, for a legend that is short enough. */
  readonly head: HTMLElement | null;
  /** Fills variables into words. */
  readonly say: (text: string) => string;
  /** Where the value of a field's row leads: its data links, none of them where it has none. */
  readonly links?: (field: Field, row: number) => readonly Link[];
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
  /** Says itself what it means that nothing was answered; it is then drawn with no frames. */
  readonly speaks?: boolean;
}

/**
 * Dashboard JSON as the page uses it: one shape for every schema version, with defaults filled in and old
 * panel kinds told in their new names. `read/` makes it of whatever lies in the file.
 */
import type { Expression } from '../frames/expressions';
import type { FieldConfigSource } from '../frames/overrides';
import type { Transformation } from '../frames/transform';
import type { OrielOptions } from '../panels/panel';

export { readDashboard } from './read';

export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Who answers a target: Oriel's own metrics, its own logs or traces, an expression, another panel, or none here. */
export type TargetKind = 'prometheus' | 'loki' | 'tempo' | 'expression' | 'panel' | 'other';

/** A data source as a board names it, less what its installation called it. */
export interface Source {
  readonly kind: TargetKind;
  /** What a person calls it: "Loki", "PostgreSQL", "prom-eu"; for the words of a panel it cannot feed. */
  readonly name: string;
}

export interface Target {
  readonly kind: TargetKind;
  readonly source: Source;
  readonly refId: string;
  readonly expr: string;
  readonly legend?: string;
  readonly format: 'time_series' | 'table' | 'heatmap' | 'logs';
  /** Asked at the end of the range. */
  readonly instant: boolean;
  /** Asked over the steps of the range; both may be true. */
  readonly range: boolean;
  readonly exemplar: boolean;
  /** Asked where an expression needs it, and shown nowhere. */
  readonly hidden: boolean;
  /** Least step, as text ("1m", "$interval"). */
  readonly minStep?: string;
  /** Steps are this many times longer; of old boards. */
  readonly intervalFactor: number;
  readonly expression?: Expression;
  /** Of a `panel` target: whose answers it shows. */
  readonly panelId?: number;
  /** Moves this target alone into the past ("1d"). */
  readonly timeShift?: string;
}

/** A link as the board has it, variables not filled in. */
export interface LinkTemplate {
  readonly title: string;
  readonly url: string;
  readonly newTab: boolean;
}

/** A link of the board's head: to an address, or a list of the boards that bear its tags. */
export interface DashboardLink extends LinkTemplate {
  readonly kind: 'link' | 'dashboards';
  readonly tags: readonly string[];
  readonly tooltip: string;
  readonly asDropdown: boolean;
  readonly includeVars: boolean;
  readonly keepTime: boolean;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly gridPos: GridPos;
  /** Those with something to ask; hidden ones only where an expression stands beside them. */
  readonly targets: readonly Target[];
  /** The panel's own source; a target of a mixed panel has its own. */
  readonly datasource: Source;
  readonly options: Readonly<Record<string, unknown>>;
  readonly oriel: OrielOptions;
  readonly fieldConfig: FieldConfigSource;
  readonly transformations: readonly Transformation[];
  readonly minStep?: string;
  readonly maxDataPoints?: number;
  /** Its own range instead of the page's: "24h", "now-24h", "now/d"; may hold a variable. */
  readonly timeFrom?: string;
  /** Its range moved into the past: "1d". */
  readonly timeShift?: string;
  /** Whether the head keeps silent about the two above. */
  readonly hideTimeOverride: boolean;
  readonly links: readonly LinkTemplate[];
  /** A panel that is kept outside of the board; `missing` where the file does not bring it. */
  readonly libraryPanel?: { readonly name: string; readonly missing: boolean };
  readonly repeat?: string;
  readonly repeatDirection: 'h' | 'v';
  readonly maxPerRow: number;
  /** Values that hold for this copy of a repeated panel only. */
  readonly scoped?: Readonly<Record<string, string>>;
  /** Of a row: whether it starts folded, and what it hides then. */
  readonly collapsed: boolean;
  readonly panels: readonly Panel[];
  /** What was left out of it as it was read, in words. */
  readonly notes: readonly string[];
  /** As it stands in the file, for "panel as JSON". */
  readonly raw: unknown;
}

export interface Option {
  readonly text: string;
  readonly value: string;
}

/** A condition that an ad-hoc variable adds to every selector. */
export interface Filter {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
}

export type VariableType =
  | 'query'
  | 'custom'
  | 'constant'
  | 'interval'
  | 'datasource'
  | 'textbox'
  | 'adhoc'
  | 'switch'
  | 'groupby'
  | 'other';

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type: VariableType;
  /** Who answers a query variable. */
  readonly source: Source;
  /** The query of a query variable, the list of a custom one, the text of a text box or a constant, the kind of a data source. */
  readonly query: string;
  readonly regex: string;
  readonly multi: boolean;
  readonly includeAll: boolean;
  readonly allValue?: string;
  /** Nowhere to be seen, but evaluated. */
  readonly hidden: boolean;
  /** Shown without its name. */
  readonly bare: boolean;
  /** Grafana's number: 0 as they come, 1 and 2 by letter, 3 and 4 by number, 5 and 6 without case, 7 and 8 natural. */
  readonly sort: number;
  /** When the options are asked for: once, or for each range of time. */
  readonly refresh: 'once' | 'range';
  readonly options: readonly Option[];
  readonly current: readonly string[];
  /** Of an interval: whether it offers one that fits the range, in how many steps, and its least. */
  readonly auto: boolean;
  readonly autoCount: number;
  readonly autoMin: string;
  /** Of an ad-hoc variable: what it starts with. */
  readonly filters: readonly Filter[];
}

/** A question whose answers are marks on the charts' time. */
export interface AnnotationQuery {
  readonly name: string;
  readonly source: Source;
  readonly enabled: boolean;
  /** Shown, but without a switch of its own. */
  readonly hidden: boolean;
  readonly colour: string;
  readonly builtIn: boolean;
  readonly expr: string;
  readonly step?: string;
  readonly titleFormat: string;
  readonly textFormat: string;
  readonly tagKeys: readonly string[];
  readonly useValueForTime: boolean;
  /** Panels it is drawn on, or all but those. */
  readonly panels?: { readonly ids: readonly number[]; readonly exclude: boolean };
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly variables: readonly Variable[];
  readonly annotations: readonly AnnotationQuery[];
  readonly links: readonly DashboardLink[];
  readonly panels: readonly Panel[];
  readonly time?: { readonly from: string; readonly to: string };
  /** "30s", "1m"; empty where the board does not say. */
  readonly refresh: string;
  readonly cursorSync: 'off' | 'crosshair' | 'tooltip';
  /** `browser`, `utc` or a name as "Europe/Berlin". */
  readonly timezone: string;
  readonly raw: unknown;
}

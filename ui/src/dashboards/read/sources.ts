/**
 * Data source references in every shape: an object with type and uid, a uid that is a variable or an
 * `__inputs` leftover, a plain name, nothing at all. Out: who answers it here. A uid of a foreign
 * installation is its type's own source.
 */
import type { Source, TargetKind } from '../model';
import { isObject, list, object, text, type Json } from './json';

/** Plug-ins by what answers them here, and what a person calls them. */
const KNOWN: readonly (readonly [pattern: RegExp, kind: TargetKind, name: string])[] = [
  [/^(-- )?mixed/i, 'prometheus', 'Mixed'],
  [/loki/i, 'loki', 'Loki'],
  [/tempo/i, 'tempo', 'Tempo'],
  [/(prometheus|victoriametrics-metrics|mimir|cortex|thanos)/i, 'prometheus', 'Prometheus'],
  [/jaeger/i, 'other', 'Jaeger'],
  [/zipkin/i, 'other', 'Zipkin'],
  [/victoriametrics-logs|victorialogs/i, 'other', 'VictoriaLogs'],
  [/postgres/i, 'other', 'PostgreSQL'],
  [/mysql/i, 'other', 'MySQL'],
  [/mssql/i, 'other', 'Microsoft SQL Server'],
  [/opensearch/i, 'other', 'OpenSearch'],
  [/elasticsearch/i, 'other', 'Elasticsearch'],
  [/clickhouse/i, 'other', 'ClickHouse'],
  [/influx/i, 'other', 'InfluxDB'],
  [/graphite/i, 'other', 'Graphite'],
  [/opentsdb/i, 'other', 'OpenTSDB'],
  [/cloudwatch/i, 'other', 'CloudWatch'],
  [/azure-monitor/i, 'other', 'Azure Monitor'],
  [/stackdriver|cloud-monitoring/i, 'other', 'Google Cloud Monitoring'],
  [/infinity/i, 'other', 'Infinity'],
  [/pyroscope|phlare/i, 'other', 'Pyroscope'],
  [/testdata/i, 'other', 'TestData'],
  [/alertmanager/i, 'other', 'Alertmanager'],
];

export const PROMETHEUS: Source = { kind: 'prometheus', name: 'Prometheus' };
const EXPRESSION: Source = { kind: 'expression', name: 'expression' };
const PANEL: Source = { kind: 'panel', name: 'another panel' };
const GRAFANA: Source = { kind: 'other', name: 'Grafana' };

/** The source of a plug-in by its id ("loki", "grafana-postgresql-datasource"). */
export function sourceOfType(type: string): Source {
  const found = KNOWN.find(([pattern]) => pattern.test(type));
  return found ? { kind: found[1], name: found[2] } : { kind: 'other', name: type };
}

/** What the references of one board mean: its data source variables and its `__inputs` tell. */
export class Sources {
  private readonly byVariable = new Map<string, string>();

  constructor(board: Json) {
    for (const input of list(board['__inputs'])) {
      const plugin = text(input['pluginId']);
      if (plugin) this.byVariable.set(text(input['name']), plugin);
    }
    for (const variable of list(object(board['templating'])['list'])) {
      if (variable['type'] === 'datasource')
        this.byVariable.set(text(variable['name']), text(variable['query']));
    }
  }

  /** Whether a reference leaves the choice to each target. */
  isMixed(reference: unknown): boolean {
    const { uid, type } = partsOf(reference);
    return /^-- mixed --$/i.test(uid) || (type === 'mixed' && uid === '');
  }

  /** Undefined where the reference says nothing. */
  of(reference: unknown): Source | undefined {
    const { uid, type } = partsOf(reference);
    if (uid === '' && type === '') return undefined;
    if (uid === '__expr__' || type === '__expr__' || uid === '-100') return EXPRESSION;
    if (/^-- dashboard --$/i.test(uid)) return PANEL;
    if (/^-- grafana --$/i.test(uid) || uid === 'grafana' || type === 'grafana') return GRAFANA;
    const variable = nameOf(uid);
    if (variable !== undefined && this.byVariable.has(variable)) {
      const plugin = this.byVariable.get(variable)!;
      return plugin === '__expr__' ? EXPRESSION : sourceOfType(plugin);
    }
    if (type === 'datasource') return GRAFANA;
    if (type) return sourceOfType(type);
    return ofName(variable ?? uid);
  }
}

function partsOf(reference: unknown): { uid: string; type: string } {
  if (isObject(reference))
    return { uid: text(reference['uid'] ?? reference['name']), type: text(reference['type']) };
  return { uid: text(reference), type: '' };
}

/** The variable's name in `$x`, `${x}`, `${x:raw}` and `[[x]]`. */
function nameOf(uid: string): string | undefined {
  return /^(?:\$(\w+)|\$\{(\w+)(?::\w+)?\}|\[\[(\w+)\]\])$/.exec(uid)?.slice(1).find(Boolean);
}

/** A name of a foreign installation: its words may tell the kind; else it is taken for Prometheus. */
function ofName(name: string): Source {
  const found = KNOWN.find(([pattern]) => pattern.test(name));
  return found ? { kind: found[1], name: found[2] } : PROMETHEUS;
}

/** Words of the kinds of panels. */
export const kinds = {
  noData: 'no data',
  states: 'What the colours mean',
  rows: (count: number) => (count === 1 ? '1 row' : `${count} rows`),
  last: 'last',
  mostly: (state: string, length: string) => `was ${state} for ${length}`,
  pages: 'Pages of rows',
  previous: 'Previous',
  next: 'Next',
  page: (page: number, pages: number, total: number) => `page ${page} of ${pages}, ${total} rows`,
  pie: {
    share: (name: string, value: string, percent: string) => `${name} ${value}, ${percent}`,
    leftOut: (count: number) =>
      count === 1
        ? '1 value is missing or below zero: it has no slice'
        : `${count} values are missing or below zero: they have no slice`,
    nothing: 'All values are zero',
    nothingWhy: 'A pie of nothing has no slices; the legend names what was measured.',
    others: (count: number) => `${count} others`,
    all: (count: number) => `All ${count}`,
    fewer: 'The largest',
    legend: 'Slices',
    name: 'Name',
    value: 'Value',
    percent: 'Share',
  },
  logs: {
    none: 'Oriel keeps no logs yet',
    noneWhy:
      'The panel’s query is kept; the menu shows it. Lines stand here once a log store is there.',
    empty: 'No lines',
    emptyWhy: 'Nothing in this time range fits the query.',
    list: (count: number) => (count === 1 ? '1 line' : `${count} lines`),
    shown: (shown: number, all: number) =>
      shown === all ? `${all} lines` : `${shown} of ${all} lines`,
    common: 'In every line',
    times: (count: number) => `${count} times`,
    limit: (most: number) => `The first ${most} lines of the answer are shown.`,
    details: 'Labels and fields',
    noDetails: 'This line has no labels.',
    copy: 'Copy the line',
  },
  unknown: {
    notDrawn: (kind: string) => `“${kind}” is not drawn by this Oriel`,
    noKind: 'This panel names no kind',
    asTable: 'Its data, as a table:',
    kept: 'Its queries and its JSON are kept; the panel’s menu shows them.',
  },
  placeholder: {
    words: {
      canvas: 'A free drawing over data',
      geomap: 'A map',
      xychart: 'Points by two measured values',
      candlestick: 'Open, high, low and close over time',
      flamegraph: 'A flame graph of a profile',
      datagrid: 'A table of hand-kept values',
      'marcusolsson-treemap-panel': 'Areas as large as their values',
    } as Readonly<Record<string, string>>,
    notDrawn: (what: string) => `${what} is not drawn here yet`,
    why: 'The queries are asked all the same.',
    show: 'Show its data as a table',
    hide: 'Hide the table',
    noRows: 'Its queries answer with no rows in this time range.',
  },
  alerts: {
    none: 'Oriel has no alert rules yet',
    noneWhy:
      'Alerts that a Prometheus beside it evaluates show here once their ALERTS series arrive.',
    well: 'No alerts',
    wellWhy: (count: number) =>
      count === 1
        ? 'One is known; this panel leaves it out.'
        : `${count} are known; this panel leaves them out.`,
    list: 'Alerts',
    firing: 'firing',
    pending: 'pending',
    more: (count: number) => `and ${count} more`,
    since: (when: string) => `since ${when}`,
    filterNot: 'The label filter can’t be read, so nothing is left out by it.',
  },
  annotations: {
    none: 'Nothing happened in this time range',
    noneWhy: 'Changes, restarts and alerts are listed here as they come.',
    noneFit: 'Nothing fits this panel’s tags',
    list: 'What happened',
    more: (count: number) => `and ${count} more`,
    show: (title: string) => `Show the time around ${title}`,
  },
  boards: {
    none: 'No dashboard fits',
    noneWhy: 'By the words and tags that this panel asks for.',
    starred: 'Starred dashboards',
    recent: 'Recently viewed dashboards',
    found: 'Dashboards',
    noStars: 'Oriel has no stars; the side bar and search keep what you use.',
    noRecent: 'None was opened in this browser yet.',
    failed: 'The list of dashboards could not be read',
  },
  news: {
    title: 'News are not fetched',
    why: 'Oriel asks no other host for what a panel shows. The feed is at:',
    noFeed: 'This panel names no feed.',
  },
  traces: {
    none: 'Oriel keeps no traces yet',
    noneWhy:
      'The panel’s query is kept; the menu shows it. Spans stand here once a trace store is there.',
    empty: 'No spans',
    emptyWhy: 'The answer holds no trace.',
    tree: (spans: number, services: number) =>
      `${spans === 1 ? '1 span' : `${spans} spans`} of ${services === 1 ? '1 service' : `${services} services`}`,
    span: 'Span',
    error: 'failed',
    limit: (most: number) => `The first ${most} spans are shown.`,
    others: (count: number) => `The answer holds ${count} traces; the largest is shown.`,
    facts: 'Facts of the span',
    service: 'Service',
    took: 'Took',
    began: 'Began after',
    own: 'Of this itself',
  },
  graph: {
    none: 'Nothing to connect',
    noneWhy: 'The answer holds no nodes. They need a column `id`, and edges `source` and `target`.',
    summary: (nodes: number, edges: number) =>
      `${nodes === 1 ? '1 node' : `${nodes} nodes`}, ${edges === 1 ? '1 edge' : `${edges} edges`}`,
    limit: (shown: number, all: number) =>
      `${shown} of ${all} nodes are drawn, the best connected ones.`,
    zoomIn: 'Nearer',
    zoomOut: 'Farther',
    fit: 'All of it',
    hint: 'Arrow keys move the picture, plus and minus zoom, 0 shows all of it',
    calls: 'To',
    calledBy: 'From',
    close: 'Close',
  },
} as const;

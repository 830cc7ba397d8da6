/** Words of the time control. */
export const time = {
  control: 'Time range',
  field: 'From, or from and to',
  examples: 'Such as 3h, yesterday 22:00, 02:30 to 03:12, or an epoch',
  notUnderstood: 'This means no range yet. Try 3h, or 02:30 to 03:12.',
  reads: (from: string, to: string, zone: string) => `${from} to ${to}, ${zone}`,
  now: 'now',
  last: (length: string) => `Last ${length}`,
  apply: 'Show this range',
  zoomOut: 'Zoom out',
  stepBack: 'Half a window back',
  stepForth: 'Half a window on',
  refresh: 'Refresh',
  refreshEvery: (every: string) => `Refresh: every ${every}`,
  refreshOff: 'Off',
  refreshOffTitle: 'Refresh: off',
  refreshNow: 'Ask again now',
} as const;

/** Words of a screen on the wall. */
export const kiosk = {
  stands: 'Refresh is off: what is shown stands still',
  notLive: (since: string) => `Not live since ${since}`,
  live: (seconds: number) => `live, ${seconds} s ago`,
  place: (place: number, count: number) => `${place} of ${count}`,
} as const;

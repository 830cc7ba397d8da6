/** Words of what happened, on charts. */
export const annotations = {
  changes: 'Changes',
  changesWhy: 'Restarts, images, versions, reloads and alerts, as flags on every chart',
  failed: (name: string) => `The marks “${name}” could not be asked`,
  notAsked: (names: string) => `Marks of sources that Oriel does not have: ${names}`,
  on: 'on',
  restarted: (who: string) => `${who} started`,
  booted: (who: string) => `machine ${who} started`,
  reloaded: (who: string) => `${who} reloaded its configuration`,
  image: (who: string) => `${who}: new image`,
  model: (who: string) => `${who}: other model or version`,
  moved: (who: string) => `${who} moved to another upstream`,
  version: (who: string) => `${who}: new version`,
  silent: (who: string) => `${who} did not answer`,
  fromTo: (what: string, was: string, is: string) =>
    was === '' ? `${what} ${is}` : `${what} ${was} to ${is}`,
} as const;

/**
 * What every page asks and when. In: the time range, the refresh interval, expressions. Out: hooks
 * with data. Nothing in here draws.
 */
export { takeTime, writeTime } from './address';
export { startBeat } from './beat';
export { getCrosshair, pinCrosshair, setCrosshair, subscribeCrosshair } from './crosshair';
export type { Crosshair } from './crosshair';
export { onSteps } from './grid';
export * from './hooks';
export { alignToStep, rateWindow, stepFor } from './step';
export {
  beatNow,
  fixTime,
  getTime,
  keepTime,
  rangeOf,
  setRefresh,
  setTimeRange,
  subscribeTime,
  stepTime,
  suggestTime,
  useRefresh,
  useTimeRange,
  zoomOut,
  zoomTo,
} from './time';
export type { TimeRange } from './time';
export { parseRange } from './rangeText';
export { durationText, parseDuration, relativeLength, resolveMoment } from './timeText';

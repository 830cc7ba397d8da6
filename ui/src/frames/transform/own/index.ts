/** Transformations that live in Grafana's app and not in its library, written from their documentation. */
import type { Transform } from '../table';
import { configFromData } from './configFromData';
import { extractFields } from './extractFields';
import { heatmap } from './heatmap';
import { joinByLabels } from './joinByLabels';
import { partitionByValues } from './partitionByValues';
import { prepareTimeSeries } from './prepareTimeSeries';
import { regression } from './regression';
import { rowsToFields } from './rowsToFields';
import { timeSeriesTable } from './timeSeriesTable';
import { Refused } from '../refused';

const needs = (what: string): Transform => {
  return () => {
    throw new Refused(`it needs ${what}, which Oriel does not have`);
  };
};

export const OWN: ReadonlyMap<string, Transform> = new Map([
  ['extractFields', extractFields],
  ['timeSeriesTable', timeSeriesTable],
  ['prepareTimeSeries', prepareTimeSeries],
  ['joinByLabels', joinByLabels],
  ['rowsToFields', rowsToFields],
  ['configFromData', configFromData],
  ['partitionByValues', partitionByValues],
  ['heatmap', heatmap],
  ['regression', regression],
  ['fieldLookup', needs('a list of countries, states and airports')],
  ['spatial', needs('a map')],
  ['smoothing', needs('the ASAP smoother')],
]);

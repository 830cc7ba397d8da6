/** What pages ask, as hooks: equal questions of one window are one request; leaving cancels it. */
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import {
  fetchAbout,
  fetchDashboard,
  fetchDashboardFolders,
  fetchDashboards,
  fetchEngine,
  fetchExplanation,
  fetchQueryWords,
  fetchSelf,
  fetchTargets,
} from '../api/oriel';
import { fetchInstant, fetchMetadata, fetchRange, type RangeAsk } from '../api/prometheus';

/** Marks what is asked again at each beat; the rest has its moment in its key. */
const LIVE = { live: true };
/** An answer of a past beat is of no use: its key never comes back. */
const SHORT_MS = 30_000;

/**
 * The answer, and where a refresh fails, the last one to the same question: what a page has shown
 * stays while there is no newer. (`keepPreviousData` lets go of it as soon as the next answer is a
 * failure.)
 *
 * @param question what was asked, less its moment
 */
export function useLastGood<T>(query: UseQueryResult<T>, question: string): T | undefined {
  const [last, setLast] = useState<{ question: string; data: T } | undefined>();
  const { data, isPlaceholderData } = query;
  if (data !== undefined && !isPlaceholderData && data !== last?.data) setLast({ question, data });
  return data ?? (query.error && last?.question === question ? last.data : undefined);
}

/** One PromQL range query; align the range to its step first (`alignToStep`). */
export function useRangeQuery({ expr, startMs, endMs, stepMs }: RangeAsk, enabled = true) {
  return useQuery({
    queryKey: ['range', expr, startMs, endMs, stepMs],
    queryFn: ({ signal }) => fetchRange({ expr, startMs, endMs, stepMs }, signal),
    placeholderData: keepPreviousData, // a refresh never blanks the panel
    enabled: enabled && expr !== '',
    gcTime: SHORT_MS,
    staleTime: Infinity, // the range is in the key: another beat is another key
  });
}

/** One PromQL expression at one moment. */
export function useInstantQuery(expr: string, atMs: number, enabled = true) {
  return useQuery({
    queryKey: ['instant', expr, atMs],
    queryFn: ({ signal }) => fetchInstant(expr, atMs, signal),
    placeholderData: keepPreviousData,
    enabled: enabled && expr !== '',
    gcTime: SHORT_MS,
    staleTime: Infinity,
  });
}

/** Every collector and scrape target, asked again at each beat. */
export function useTargets() {
  return useQuery({
    queryKey: ['targets'],
    queryFn: ({ signal }) => fetchTargets(signal),
    meta: LIVE,
  });
}

/** What Oriel costs now, asked again at each beat. */
export function useSelf() {
  return useQuery({
    queryKey: ['self'],
    queryFn: ({ signal }) => fetchSelf(signal),
    meta: LIVE,
  });
}

/** How it stands with the metrics engine, asked again at each beat; undefined where there is none. */
export function useEngine() {
  const { data: about } = useAbout();
  const { data } = useQuery({
    queryKey: ['engine'],
    queryFn: ({ signal }) => fetchEngine(signal),
    enabled: Boolean(about?.engine),
    meta: LIVE,
  });
  return data ?? undefined;
}

const AGAIN_MS = 5_000;

/** For what no beat asks again: an answer that could not be had is asked for until it can. */
export const againWhenFailed = (query: { state: { status: string } }) =>
  query.state.status === 'error' ? AGAIN_MS : false;

export function useAbout() {
  return useQuery({
    queryKey: ['about'],
    queryFn: ({ signal }) => fetchAbout(signal),
    staleTime: 60_000,
  });
}

export function useDashboards() {
  return useQuery({
    queryKey: ['dashboards'],
    queryFn: ({ signal }) => fetchDashboards(signal),
    staleTime: 60_000,
  });
}

/** Where files become dashboards, and what is to be said of these files. */
export function useDashboardFolders() {
  return useQuery({
    queryKey: ['dashboard-folders'],
    queryFn: ({ signal }) => fetchDashboardFolders(signal),
    staleTime: 60_000,
  });
}

/** The Grafana JSON of one dashboard. */
export function useDashboard(uid: string, enabled: boolean) {
  return useQuery({
    queryKey: ['dashboard', uid],
    queryFn: ({ signal }) => fetchDashboard(uid, signal),
    enabled,
    staleTime: 60_000,
  });
}

/** Type, help and unit of every metric. */
export function useMetadata() {
  return useQuery({
    queryKey: ['metadata'],
    queryFn: ({ signal }) => fetchMetadata(signal),
    refetchInterval: againWhenFailed,
    staleTime: 300_000,
  });
}

/** A query in words; while the next text is asked, the words of the last one stay. */
export function useExplanation(query: string) {
  return useQuery({
    queryKey: ['explain', query],
    queryFn: ({ signal }) => fetchExplanation(query, signal),
    placeholderData: keepPreviousData,
    enabled: query.trim() !== '',
    gcTime: SHORT_MS,
    staleTime: Infinity,
    retry: false,
  });
}

/** Every function, aggregation and operator of PromQL with its documentation. */
export function useQueryWords() {
  return useQuery({
    queryKey: ['queryWords'],
    queryFn: ({ signal }) => fetchQueryWords(signal),
    staleTime: Infinity,
  });
}

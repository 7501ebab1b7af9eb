import {
  QueryClient,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
} from '@tanstack/react-query';

import type { PageReply } from '../../src/api/schemas.ts';
import { api, ApiFailure, type Query } from './api.ts';

const MINUTE = 60_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: MINUTE,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only a missing answer or a server's stumble is asked again, once.
      retry: (failures, error) =>
        failures < 1 && error instanceof ApiFailure && (error.status === 0 || error.status >= 500),
    },
  },
});

export const useOverview = () => useQuery({ queryKey: ['overview'], queryFn: ({ signal }) => api.overview(signal) });

export const useReasons = () => useQuery({ queryKey: ['reasons'], queryFn: ({ signal }) => api.reasons(signal) });

export const useRules = () => useQuery({ queryKey: ['rules'], queryFn: ({ signal }) => api.rules(signal) });

export const useSources = () => useQuery({ queryKey: ['sources'], queryFn: ({ signal }) => api.sources(signal) });

export const useRuns = (sourceId: string, wanted: boolean) =>
  useQuery({ queryKey: ['runs', sourceId], queryFn: ({ signal }) => api.runs(sourceId, signal), enabled: wanted });

export const useHealth = (sourceId: string) =>
  useQuery({ queryKey: ['health', sourceId], queryFn: ({ signal }) => api.health(sourceId, signal) });

export const useNotice = (id: string) =>
  useQuery({ queryKey: ['notice', id], queryFn: ({ signal }) => api.notice(id, signal) });

export const useProject = (id: string) =>
  useQuery({ queryKey: ['project', id], queryFn: ({ signal }) => api.project(id, signal) });

/** The first projects that hold these words; none are looked for before two characters. */
export const useProjectsNamed = (words: string) =>
  useQuery({
    queryKey: ['projects-named', words],
    queryFn: ({ signal }) => api.projects({ q: words, limit: 8 }, signal),
    enabled: words.length >= 2,
  });

export const useAlert = (key: string) =>
  useQuery({ queryKey: ['alert', key], queryFn: ({ signal }) => api.alert(key, signal) });

export const useLatestAlerts = (limit: number) =>
  useQuery({
    queryKey: ['latest-alerts', limit],
    queryFn: ({ signal }) => api.alerts({ state: 'open', limit }, signal),
  });

export const useCase = (number: string) =>
  useQuery({ queryKey: ['case', number], queryFn: ({ signal }) => api.case(number, signal) });

export const useCaseChoices = () =>
  useQuery({ queryKey: ['case-choices'], queryFn: ({ signal }) => api.caseChoices(signal) });

export const useLedger = () => useQuery({ queryKey: ['ledger'], queryFn: ({ signal }) => api.ledger(signal) });

/** Formulas change with the configuration only. */
export const useIndicators = () =>
  useQuery({
    queryKey: ['indicators'],
    queryFn: ({ signal }) => api.indicators(signal),
    staleTime: 60 * MINUTE,
  });

export const useSession = () => useQuery({ queryKey: ['session'], queryFn: ({ signal }) => api.session(signal) });

/** Runs a change and has everything on the screen read anew. */
export function useChange<T extends unknown[], R>(change: (...given: T) => Promise<R>) {
  return useMutation({
    mutationFn: (given: T) => change(...given),
    // A decision moves notices, verdicts, alerts and cases; what is on the screen is little.
    onSettled: () => queryClient.invalidateQueries(),
  });
}

/** Asks for something that changes nothing. */
export function useTrial<T extends unknown[], R>(ask: (...given: T) => Promise<R>) {
  return useMutation({ mutationFn: (given: T) => ask(...given) });
}

const calendarQuery = (month: string, asOf = '') => ({
  queryKey: ['calendar', month, asOf],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.calendar(month, asOf, signal),
  // Rest days change once a year.
  staleTime: 60 * MINUTE,
});

export const useCalendar = (month: string, asOf: string) =>
  useQuery({ ...calendarQuery(month, asOf), placeholderData: keepPreviousData });

export const useCalendars = (months: string[]) => useQueries({ queries: months.map((month) => calendarQuery(month)) });

type List = 'notices' | 'projects' | 'alerts' | 'cases' | 'leads' | 'suggestions' | 'findings';
type Row<L extends List> = Awaited<ReturnType<(typeof api)[L]>>['items'][number];

/** A list that grows by cursor: 加载更多. */
export function useList<L extends List>(list: L, filters: Query) {
  const fetchPage = api[list] as (query: Query, signal: AbortSignal) => Promise<PageReply<Row<L>>>;
  return useInfiniteQuery({
    queryKey: [list, filters],
    queryFn: ({ pageParam, signal }) => fetchPage({ ...filters, cursor: pageParam ?? undefined }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

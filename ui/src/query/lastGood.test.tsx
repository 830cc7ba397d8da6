import {
  QueryClient,
  QueryClientProvider,
  keepPreviousData,
  useQuery,
} from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { useLastGood } from './hooks';

interface Props {
  readonly expr: string;
  readonly atMs: number;
}

/** Answers what it is told to, or fails; whoever asks again at a later moment asks the same. */
function asking(answers: Record<string, string>) {
  const client = new QueryClient();
  const within = ({ children }: PropsWithChildren) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(
    ({ expr, atMs }: Props) => {
      const query = useQuery({
        queryKey: [expr, atMs],
        queryFn: async () => {
          const answer = answers[`${expr} @ ${atMs}`];
          if (answer === undefined) throw new Error('no answer');
          return Promise.resolve(answer);
        },
        placeholderData: keepPreviousData,
        retry: false,
      });
      return { shown: useLastGood(query, expr), failed: query.isError };
    },
    { wrapper: within, initialProps: { expr: 'up', atMs: 1 } },
  );
}

test('a refresh that fails leaves what the same question answered last', async () => {
  const { result, rerender } = asking({ 'up @ 1': 'one', 'up @ 4': 'four' });
  await waitFor(() => expect(result.current.shown).toBe('one'));

  for (const atMs of [2, 3]) {
    rerender({ expr: 'up', atMs });
    await waitFor(() => expect(result.current).toEqual({ shown: 'one', failed: true }));
  }
  rerender({ expr: 'up', atMs: 4 });

  await waitFor(() => expect(result.current).toEqual({ shown: 'four', failed: false }));
});

test('another question that fails shows nothing of the one before', async () => {
  const { result, rerender } = asking({ 'up @ 1': 'one' });
  await waitFor(() => expect(result.current.shown).toBe('one'));

  rerender({ expr: 'down', atMs: 1 });

  await waitFor(() => expect(result.current).toEqual({ shown: undefined, failed: true }));
});

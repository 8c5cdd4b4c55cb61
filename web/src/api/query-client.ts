import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

/** Sends the user to the sign-in page when the session has ended, and back to this page after they sign in. */
function leaveWhenSignedOut(error: Error): void {
  // A wrong password or a missing code is a 401 too, but does not end the session.
  if (!(error instanceof Problem && error.type === '/problems/unauthenticated')) return;
  if (location.pathname.endsWith('/sign-in')) return;
  const next = location.pathname.replace(/^\/app/, '') + location.search;
  location.assign(`/app/sign-in?next=${encodeURIComponent(next)}`);
}

/** The app's only query cache. Queries that were refused are not retried; after any other failure they are, twice. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // A query that never loaded does not redirect: the router checks the session first and redirects by itself.
    onError: (error, query) => query.state.data !== undefined && leaveWhenSignedOut(error),
  }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    // Without a connection a request should fail visibly instead of waiting silently.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && !(error instanceof Problem && error.isRefusal),
      retryDelay: (attempt) => 500 * 2 ** attempt,
    },
  },
});

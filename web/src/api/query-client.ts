import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

/** A session that ended: whatever was asked, the way goes on at the sign-in page and back from there. */
function leaveWhenSignedOut(error: Error): void {
  if (!(error instanceof Problem && error.status === 401) || location.pathname.endsWith('/sign-in')) return;
  const next = location.pathname.replace(/^\/app/, '') + location.search;
  location.assign(`/app/sign-in?next=${encodeURIComponent(next)}`);
}

/** The one cache of what the server said. A refusal is not asked again; a server that is away is, twice. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // What was never known is no session's end: the router asks first who is signed in, and leads the way itself.
    onError: (error, query) => query.state.data !== undefined && leaveWhenSignedOut(error),
  }),
  mutationCache: new MutationCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    // Without a connection a request fails and says so, where it would wait and say nothing.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      retryDelay: (attempt) => 500 * 2 ** attempt,
    },
  },
});

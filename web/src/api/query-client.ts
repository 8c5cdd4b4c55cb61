import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem.ts';

/** The one cache of what the server said. A refusal is not asked again; a server that is away is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      retryDelay: (attempt) => 500 * 2 ** attempt,
    },
  },
});

import { createRoute } from '@tanstack/react-router';
import { shellScreen } from '../app/screen-routes.ts';
import type { BoardSearch } from './search.ts';

/** Routes for the board. */
export const pipelineRoutes = [
  createRoute({
    ...shellScreen('/pipeline', () => import('./pipeline-page.tsx'), 'PipelinePage'),
    // The page validates the filters itself, as the lead list does.
    validateSearch: (search: Record<string, unknown>): BoardSearch => search,
  }),
] as const;

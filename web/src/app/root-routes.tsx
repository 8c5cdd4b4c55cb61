import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { meQuery } from '../api/me.ts';
import { Problem } from '../api/problem.ts';
import { FullPageError, NotFound, ShellSkeleton } from './fallbacks.tsx';
import { leadFieldsQuery } from './lead-fields.ts';
import { Shell } from './shell/shell.tsx';

/** The root route, and the direct parent of pages that need no sign-in. */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: FullPageError,
});

/** The parent route of every page that needs a signed-in person. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  component: Shell,
  errorComponent: FullPageError,
  pendingComponent: ShellSkeleton,
  pendingMs: 150,
  beforeLoad: async ({ context, location }): Promise<void> => {
    try {
      await context.queryClient.ensureQueryData(meQuery);
      // If this fails, fields are labelled with their plain names, which is better than showing no page.
      await context.queryClient.ensureQueryData(leadFieldsQuery).catch(() => undefined);
    } catch (error) {
      if (error instanceof Problem && error.status === 401)
        throw redirect({ to: '/sign-in', search: { next: location.href } });
      throw error;
    }
  },
});

/** Every URL that has no page of its own. */
export const unknownRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound });

import { createRoute, createRouter, redirect } from '@tanstack/react-router';
import { accountRoutes } from './account/routes.tsx';
import { meQuery } from './api/me.ts';
import { queryClient } from './api/query-client.ts';
import { ScreenError } from './app/fallbacks.tsx';
import { rootRoute, shellRoute, unknownRoute } from './app/root-routes.tsx';
import { callRoutes } from './calls/routes.tsx';
import { dealRoutes } from './deals/routes.tsx';
import { intakeRoutes } from './intake/routes.tsx';
import { leadRoutes } from './leads/routes.tsx';
import { myDayRoutes } from './my-day/routes.tsx';
import { pipelineRoutes } from './pipeline/routes.tsx';
import { reportRoutes } from './reports/routes.tsx';
import { settingsRoutes } from './settings/routes.tsx';
import { signInRoutes } from './sign-in/routes.tsx';
import { taskRoutes } from './tasks/routes.tsx';

const start = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context }): Promise<void> => {
    const me = await context.queryClient.ensureQueryData(meQuery).catch(() => undefined);
    throw redirect({ to: me?.member.role === 'agent' ? '/my-day' : '/leads' });
  },
});

const routeTree = rootRoute.addChildren([
  start,
  ...signInRoutes,
  shellRoute.addChildren([
    ...leadRoutes,
    ...pipelineRoutes,
    ...callRoutes,
    ...taskRoutes,
    ...dealRoutes,
    ...myDayRoutes,
    ...reportRoutes,
    ...intakeRoutes,
    ...settingsRoutes,
    ...accountRoutes,
    unknownRoute,
  ]),
]);

/** The router. To add a screen, create a folder for it and add its routes above. */
export const router = createRouter({
  routeTree,
  basepath: '/app',
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  defaultErrorComponent: ScreenError,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

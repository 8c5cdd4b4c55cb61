import { createRoute } from '@tanstack/react-router';
import { mountGlobally } from '../app/global-mounts.tsx';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import { shellScreen } from '../app/screen-routes.ts';
import { groups, tokensPage } from './pages.ts';
import { SecretHost } from './tokens/secret-host.tsx';

mountGlobally(SecretHost);

const SETTINGS = '/settings';

const settingsRoute = createRoute(shellScreen(SETTINGS, () => import('./settings-layout.tsx'), 'SettingsLayout'));

const getParentRoute = () => settingsRoute;

/** The item whose form is open; `new` for the form that creates one. */
const itemSearch = (search: Record<string, unknown>): { item?: string } =>
  typeof search['item'] === 'string' ? { item: search['item'] } : {};

// Hidden from the router's types: with this many pages, the compiler gives up on the types of all paths.
const settingsPages: typeof settingsRoute = settingsRoute.addChildren([
  createRoute({
    getParentRoute,
    path: '/',
    component: lazyScreen(() => import('./settings-page.tsx'), 'SettingsPage'),
  }),
  ...groups
    .flatMap(({ pages }) => pages)
    .filter(({ path }) => path.startsWith(`${SETTINGS}/`))
    .map(({ path, component, opensItems }) =>
      createRoute({
        getParentRoute,
        path: path.slice(SETTINGS.length),
        component,
        ...(opensItems && { validateSearch: itemSearch }),
      }),
    ),
]) as never;

/** Reads the filters of the delivery log, and the open delivery. */
function deliverySearch({ state, type, delivery }: Record<string, unknown>): DeliverySearch {
  return {
    ...(states.some((one) => one === state) && { state: state as (typeof states)[number] }),
    ...(typeof type === 'string' && { type }),
    ...(typeof delivery === 'string' && { delivery }),
  };
}

const states = ['pending', 'sending', 'delivered', 'failed', 'held'] as const;
interface DeliverySearch {
  state?: (typeof states)[number] | undefined;
  type?: string | undefined;
  delivery?: string | undefined;
}

/** Routes for the settings. */
export const settingsRoutes = [
  settingsPages,
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/connections',
    validateSearch: (search: Record<string, unknown>): { new?: string } =>
      typeof search['new'] === 'string' ? { new: search['new'] } : {},
    component: tokensPage.component,
  }),
  createRoute(shellScreen('/connections/$token', () => import('./tokens/token-page.tsx'), 'TokenPage')),
  createRoute({
    ...shellScreen('/settings/webhooks/$webhook', () => import('./webhooks/webhook-page.tsx'), 'WebhookPage'),
    validateSearch: deliverySearch,
  }),
] as const;

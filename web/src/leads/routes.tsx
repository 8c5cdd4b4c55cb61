import { createRoute } from '@tanstack/react-router';
import { mountGlobally } from '../app/global-mounts.tsx';
import { lazyScreen } from '../app/lazy-screen.ts';
import { shellRoute } from '../app/root-routes.tsx';
import { ConflictHost } from './conflict/conflict-host.tsx';
import { NewLeadHost } from './create/new-lead-host.tsx';
import { HoursHost } from './dialling/hours-host.tsx';
import { type LeadSearch, readLeadSearch } from './filters.ts';
import { PasteHost } from './paste/paste-host.tsx';

mountGlobally(NewLeadHost);
mountGlobally(ConflictHost);
mountGlobally(HoursHost);
mountGlobally(PasteHost);

/** Routes for the leads. */
export const leadRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/leads',
    validateSearch: (search: Record<string, unknown>): LeadSearch => readLeadSearch(search),
    component: lazyScreen(() => import('./list/lead-list-page.tsx'), 'LeadsPage'),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: '/leads/$id',
    // The filters of the list that the lead was opened from decide which lead comes next.
    validateSearch: (search: Record<string, unknown>): LeadSearch => readLeadSearch(search),
    component: lazyScreen(() => import('./page/lead-page.tsx'), 'LeadPage'),
  }),
] as const;

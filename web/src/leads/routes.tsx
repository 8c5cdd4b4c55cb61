import { createRoute } from '@tanstack/react-router';
import { mountGlobally } from '../app/global-mounts.tsx';
import { shellScreen } from '../app/screen-routes.ts';
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
    ...shellScreen('/leads', () => import('./list/lead-list-page.tsx'), 'LeadsPage'),
    validateSearch: (search: Record<string, unknown>): LeadSearch => readLeadSearch(search),
  }),
  createRoute({
    ...shellScreen('/leads/$id', () => import('./page/lead-page.tsx'), 'LeadPage'),
    // The filters of the list that the lead was opened from decide which lead comes next.
    validateSearch: (search: Record<string, unknown>): LeadSearch => readLeadSearch(search),
  }),
] as const;

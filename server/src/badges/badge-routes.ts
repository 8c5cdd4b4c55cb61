import type { FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { contextOf, reading, signedIn } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import { viewShape } from '../http/shapes.ts';
import { readFilter } from '../journal/submission-filter.ts';
import { countMatching } from '../leads/list/lead-list-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { endOfToday } from '../platform/time/calendar.ts';
import { memberMay } from '../workspaces/access/policies.ts';
import { isOpenState } from '../workspaces/reference-data.ts';
import { countCallsDue, countQuarantine, countTasksDue, MOST_ON_BADGE } from './badge-store.ts';

const counted = (what: string) =>
  Type.Integer({
    minimum: 0,
    maximum: MOST_ON_BADGE,
    description: `${what} ${MOST_ON_BADGE} means ${MOST_ON_BADGE} or more.`,
  });

const badges = viewShape('Badges', 'Counts of what is waiting.', {
  leads_waiting: counted('Leads waiting for a first reply.'),
  calls_due: counted('Calls that can be made now.'),
  tasks_due: counted('Your tasks that are overdue or due today.'),
  refused: counted(
    'Requests with a token that were refused or failed in the last 30 days, without dismissed ones; 0 for callers who may not read the journal.',
  ),
});

const { route } = routesAbout('Live');

/** `/v1/badges`: how many items are waiting on each screen. */
export function badgeRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/badges',
    route('be signed in', 'Count what is waiting', {
      about: 'Counts only what you are allowed to see.',
      200: badges.ref,
    }),
    (request) => countAll(api, request),
  );
}

async function countAll(api: ApiContext, request: FastifyRequest): Promise<Static<typeof badges.schema>> {
  const { referenceData, at, visibility, caller } = contextOf(request);
  const member = signedIn(request);
  const tomorrow = endOfToday(at, referenceData.workspace.time_zone);
  // What the journal shows at first.
  const quarantine = readFilter({ dismissed: false }, caller.region, at) ?? {};
  const [leads_waiting, tasks_due, refused] = await reading(api, request, async (tx) => [
    await countWaiting(tx, request),
    await countTasksDue(tx, member.id, tomorrow),
    memberMay(member.role, 'read journal') ? await countQuarantine(tx, quarantine) : 0,
  ]);
  const calls_due = await api.database.tx(caller.workspace_id, (tx) => countCallsDue(tx, at, visibility));
  return { leads_waiting, calls_due, tasks_due, refused };
}

async function countWaiting(tx: Tx, request: FastifyRequest): Promise<number> {
  const { referenceData, at, visibility } = contextOf(request);
  const open = referenceData.all('status').filter(({ state }) => isOpenState(state));
  const filter = { status_ids: open.map(({ id }) => id), waiting_since: at };
  const { count } = await countMatching(tx, { filter, visibility, order: 'newest', most: MOST_WAITING }, MOST_ON_BADGE);
  return count;
}

const MOST_WAITING = 2_000;

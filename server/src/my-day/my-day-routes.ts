import { listDeals } from '../deals/deal-list-store.ts';
import { stagesIn, viewDeal } from '../deals/deal-view.ts';
import type { ApiContext, ApiScope } from '../http/api-context.ts';
import { contextOf, reading, signedIn } from '../http/request-context.ts';
import { routesAbout } from '../http/route.ts';
import type { Tx } from '../platform/database/transaction.ts';
import { dayIn, endOfToday, plusDays, startOfToday, weekdayOf } from '../platform/time/calendar.ts';
import { listTasks } from '../tasks/task-list-store.ts';
import { viewTask } from '../tasks/task-view.ts';
import { isOpenState, type ReferenceData } from '../workspaces/reference-data.ts';
import { countAchieved, type Day, listCallbacks, listWaitingLeads } from './my-day-store.ts';
import { firstOf, MOST_COUNTED, myDayView, viewCallback, viewWaiting } from './my-day-view.ts';

const { route } = routesAbout('My day');

/** `/v1/my-day`: the start page of a member. */
export function myDayRoutes(scope: ApiScope, api: ApiContext): void {
  scope.get(
    '/my-day',
    route('be signed in', "Get today's work", {
      about: 'For the signed-in member. Each list starts with the most urgent entry and shows at most twenty.',
      200: myDayView.ref,
    }),
    (request) => {
      const { referenceData, at, visibility } = contextOf(request);
      const zone = referenceData.workspace.time_zone;
      const today = dayIn(at, zone);
      const [start, end] = [startOfToday(at, zone), endOfToday(at, zone)];
      const day = { memberId: signedIn(request).id, visibility, today, now: at, start, end };
      return reading(api, request, (tx) => readDay(tx, day, referenceData));
    },
  );
}

async function readDay(tx: Tx, day: Day, referenceData: ReferenceData) {
  const { memberId, visibility, today, now, end } = day;
  const mine = { assignee_id: memberId, visibility };
  const statuses = referenceData
    .all('status')
    .filter(({ state }) => isOpenState(state))
    .map(({ id }) => id);
  const sunday = plusDays(today, 7 - weekdayOf(today));
  const [overdue, later, callbacks, waiting, unplanned, closing, achieved] = await Promise.all([
    listTasks(tx, 'due', { ...mine, until: now }, MOST_COUNTED),
    listTasks(tx, 'due', { ...mine, from: now, until: end }, MOST_COUNTED),
    listCallbacks(tx, day, MOST_COUNTED),
    listWaitingLeads(tx, memberId, statuses, 'first reply', MOST_COUNTED),
    listWaitingLeads(tx, memberId, statuses, 'next step', MOST_COUNTED),
    listDeals(
      tx,
      'close_date',
      { owner_id: memberId, visibility, stage_ids: stagesIn('open', referenceData), closes_by: sunday },
      MOST_COUNTED,
    ),
    countAchieved(tx, day, stagesIn('won', referenceData)),
  ]);
  return {
    date: today,
    week_ends: sunday,
    currency: referenceData.workspace.currency ?? 'USD',
    overdue: firstOf(overdue, (task) => viewTask(task, referenceData)),
    today: firstOf(later, (task) => viewTask(task, referenceData)),
    callbacks: firstOf(callbacks, viewCallback),
    waiting: firstOf(waiting, (lead) => viewWaiting(lead, referenceData)),
    unplanned: firstOf(unplanned, (lead) => viewWaiting(lead, referenceData)),
    closing: firstOf(closing, (deal) => viewDeal(deal, referenceData)),
    achieved,
  };
}

import type { ApiParts, ApiScope } from '../api/parts.ts';
import { replies } from '../api/replies.ts';
import { inWorkspace, signedIn, visitorOf } from '../api/visitor.ts';
import { listDeals } from '../deals/deal-list-store.ts';
import { stateOf, viewDeal } from '../deals/deal-view.ts';
import { dayIn, endOfToday, plusDays, startOfToday, weekdayOf } from '../platform/calendar.ts';
import type { Tx } from '../platform/transaction.ts';
import { listTasks } from '../tasks/task-list-store.ts';
import { viewTask } from '../tasks/task-view.ts';
import { type Book, isOpenState } from '../workspaces/book.ts';
import { achievedOn, type Day, listCallbacks, listWaitingLeads } from './my-day-store.ts';
import { MOST_COUNTED, myDayView, someOf, viewCallback, viewWaiting } from './my-day-view.ts';

/** `/v1/my-day`: what a member opens first. */
export function myDayRoutes(scope: ApiScope, parts: ApiParts): void {
  scope.get(
    '/my-day',
    {
      config: { policy: 'be signed in' },
      schema: {
        summary: 'What is to be done today',
        description:
          'Of the member who is signed in. Each list begins with what is most urgent; twenty at most are shown.',
        tags: ['My day'],
        response: replies({ 200: myDayView.ref }),
      },
    },
    (request) => {
      const { book, at } = visitorOf(request);
      const zone = book.workspace.time_zone;
      const today = dayIn(at, zone);
      const [start, end] = [startOfToday(at, zone), endOfToday(at, zone)];
      const day = { memberId: signedIn(request).id, now: at, start, end };
      return inWorkspace(parts, request, (tx) => readDay(tx, today, day, book));
    },
  );
}

async function readDay(tx: Tx, today: string, day: Day, book: Book) {
  const { memberId, now, end } = day;
  const mine = { assignee_id: memberId };
  const stages = (state: string) =>
    book
      .all('deal_stage')
      .filter(({ id }) => stateOf(id, book) === state)
      .map(({ id }) => id);
  const statuses = book
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
    listDeals(tx, 'close_date', { owner_id: memberId, stage_ids: stages('open'), closes_by: sunday }, MOST_COUNTED),
    achievedOn(tx, day, stages('won')),
  ]);
  return {
    date: today,
    week_ends: sunday,
    currency: book.workspace.currency ?? 'USD',
    overdue: someOf(overdue, (task) => viewTask(task, book)),
    today: someOf(later, (task) => viewTask(task, book)),
    callbacks: someOf(callbacks, viewCallback),
    waiting: someOf(waiting, (lead) => viewWaiting(lead, book)),
    unplanned: someOf(unplanned, (lead) => viewWaiting(lead, book)),
    closing: someOf(closing, (deal) => viewDeal(deal, book)),
    achieved,
  };
}

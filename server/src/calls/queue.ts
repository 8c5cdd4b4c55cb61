import { startOfToday } from '../platform/calendar.ts';
import type { Tx } from '../platform/transaction.ts';
import type { AtDesk } from './call-desk.ts';
import { judge } from './claim-call.ts';
import { countDay, countQueue, type DayFigures, type QueueFigures } from './figures-store.ts';
import { dueOfRank, type Offer, upcoming, type Wanted, waitingRanks } from './queue-store.ts';

/** What an agent sees of the queue. */
export interface Queue {
  next: Offer[];
  figures: QueueFigures;
  today: Pick<DayFigures, 'calls' | 'talk_seconds'>;
  nextCallback: Offer | undefined;
}

const SHOWN = 20;

/** Reads the queue as an agent would be offered it. It must run without sight, as claiming does. */
export async function readQueue(tx: Tx, desk: AtDesk): Promise<Queue> {
  const wanted = { now: desk.now, sight: desk.sight };
  const due = await dueNow(tx, wanted, desk);
  const later = await upcoming(tx, wanted, SHOWN);
  const [today] = desk.memberId
    ? await countDay(tx, startOfToday(desk.now, desk.book.workspace.time_zone), desk.memberId)
    : [];
  return {
    next: [...due, ...later].slice(0, SHOWN),
    figures: await countQueue(tx, wanted),
    today: { calls: today?.calls ?? 0, talk_seconds: today?.talk_seconds ?? 0 },
    nextCallback: later.find(({ callback }) => callback),
  };
}

async function dueNow(tx: Tx, wanted: Wanted, desk: AtDesk): Promise<Offer[]> {
  const due: Offer[] = [];
  for (const rank of await waitingRanks(tx)) {
    if (due.length >= SHOWN) break;
    const offers = await dueOfRank(tx, rank, wanted, SHOWN);
    due.push(...offers.filter((offer) => judge(offer, desk.book, desk.now).may));
  }
  return due;
}

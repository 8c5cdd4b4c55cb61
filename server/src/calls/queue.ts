import type { Tx } from '../platform/database/transaction.ts';
import { startOfToday } from '../platform/time/calendar.ts';
import type { AgentContext } from './call-desk.ts';
import { checkOffer } from './claim-call.ts';
import { countDay, countQueue, type DayFigures, type QueueFigures } from './figures-store.ts';
import { dueOfRank, type Offer, upcoming, type Wanted, waitingRanks } from './queue-store.ts';

/** An agent's view of the queue. */
export interface Queue {
  next: Offer[];
  figures: QueueFigures;
  today: Pick<DayFigures, 'calls' | 'talk_seconds'>;
  nextCallback: Offer | undefined;
}

const SHOWN = 20;

/** Reads the queue in the order in which it is offered. Must run without row-level visibility, as claiming does. */
export async function readQueue(tx: Tx, agentContext: AgentContext): Promise<Queue> {
  const wanted = { now: agentContext.now, visibility: agentContext.visibility };
  const due = await dueNow(tx, wanted, agentContext);
  const later = await upcoming(tx, wanted, SHOWN);
  const [today] = agentContext.memberId
    ? await countDay(
        tx,
        startOfToday(agentContext.now, agentContext.referenceData.workspace.time_zone),
        agentContext.memberId,
      )
    : [];
  return {
    next: [...due, ...later].slice(0, SHOWN),
    figures: await countQueue(tx, wanted),
    today: { calls: today?.calls ?? 0, talk_seconds: today?.talk_seconds ?? 0 },
    nextCallback: later.find(({ callback }) => callback),
  };
}

async function dueNow(tx: Tx, wanted: Wanted, agentContext: AgentContext): Promise<Offer[]> {
  const due: Offer[] = [];
  for (const rank of await waitingRanks(tx)) {
    if (due.length >= SHOWN) break;
    const offers = await dueOfRank(tx, rank, wanted, SHOWN);
    due.push(...offers.filter((offer) => checkOffer(offer, agentContext.referenceData, agentContext.now).may));
  }
  return due;
}

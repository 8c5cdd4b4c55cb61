import type { Tx } from '../platform/database/transaction.ts';
import type { Visibility } from '../workspaces/access/visibility.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import { sumDeals } from './deal-list-store.ts';
import { probabilityOf, stateOf } from './deal-view.ts';

/** The chance of winning a deal at a stage, 0-100, and where it comes from. */
interface Chance {
  chance: number;
  basis: 'probability' | 'win_rate' | 'even';
}

/** The chances of all stages. */
export interface Chances {
  /** Share of closed deals that were won, 0-100 with one decimal; null if none is closed. */
  winRate: number | null;
  of(stageId: string): Chance;
}

const EVEN = 50;

/**
 * The chance of a deal is the probability of its stage. Without one, it is the win rate of the closed deals that the
 * caller sees, or 50 if there are none.
 */
export async function chancesOf(
  tx: Tx,
  visibility: Visibility | undefined,
  referenceData: ReferenceData,
): Promise<Chances> {
  const counted = { won: 0, lost: 0, open: 0 };
  for (const { stage_id, count } of await sumDeals(tx, { visibility }, 'infinity'))
    counted[stateOf(stage_id, referenceData)] += count;
  const closed = counted.won + counted.lost;
  const winRate = closed === 0 ? null : Math.round((counted.won * 1000) / closed) / 10;
  return {
    winRate,
    of(stageId) {
      const probability = probabilityOf(stageId, referenceData);
      if (probability !== null) return { chance: probability, basis: 'probability' };
      return winRate === null ? { chance: EVEN, basis: 'even' } : { chance: winRate, basis: 'win_rate' };
    },
  };
}

/**
 * Sum of all amounts weighted by their chances, to the cent. Calculated in whole numbers, so that the result does not
 * depend on how the amounts are grouped.
 */
export function weightedSum(amounts: readonly { amount: number; chance: number }[]): number {
  const parts = amounts.map(({ amount, chance }) => Math.round(amount * 100) * Math.round(chance * 10));
  return Math.round(parts.reduce((sum, part) => sum + part, 0) / 1000) / 100;
}

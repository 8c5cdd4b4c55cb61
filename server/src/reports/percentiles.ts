import type { Tx } from '../platform/database/transaction.ts';
import { type FiguredCohort, type Pick, pickWaits } from './cohort-figures-store.ts';

/** Number of waits in each class (`wait_class`), the shorter classes first. */
export type Histogram = readonly { class: number; leads: number }[];

/** A percentile to find among the waits for a step, of the leads that arrived on some days. */
export interface Percentile {
  step: number;
  from: string;
  to: string;
  histogram: Histogram;
  /** 0.5 for the median. */
  part: number;
}

/**
 * Percentiles in microseconds as PostgreSQL's `percentile_cont` computes them; null where there are no waits. The
 * histogram shows which class contains a percentile, so that only this class is read.
 */
export async function findPercentiles(
  tx: Tx,
  cohort: FiguredCohort,
  wanted: readonly Percentile[],
  unit: (microseconds: number) => number,
): Promise<(number | null)[]> {
  const picks: Pick[] = [];
  const found = wanted.map((one) => {
    const last = one.histogram.reduce((sum, { leads }) => sum + leads, 0) - 1;
    if (last < 0) return null;
    const place = one.part * last;
    const at = [Math.floor(place), Math.ceil(place)].map((rank) => pickFor(picks, one, rank));
    return { at, share: place - Math.floor(place) };
  });
  const waits = new Map<number, number[]>();
  if (picks.length > 0)
    for (const { at, wait } of await pickWaits(tx, cohort, picks)) waits.set(at, [...(waits.get(at) ?? []), wait]);
  return found.map((one) => {
    if (!one) return null;
    const [low = 0, high = 0] = one.at.map(({ pick, turn }) => unit(waits.get(pick)?.[turn] ?? Number.NaN));
    return low + one.share * (high - low);
  });
}

/** Where to find the wait of a rank: in which pick, and whether it is the first or second wait of that pick. */
function pickFor(
  picks: Pick[],
  { step, from, to, histogram }: Percentile,
  rank: number,
): { pick: number; turn: number } {
  let before = 0;
  const holder = histogram.find(({ leads }) => {
    before += leads;
    return rank < before;
  });
  if (!holder) throw new Error('A rank is beyond the histogram.');
  const skip = rank - (before - holder.leads);
  const last = picks.at(-1);
  const isNext = last && last.step === step && last.from === from && last.to === to && last.class === holder.class;
  if (isNext && last.skip <= skip && skip <= last.skip + 1) {
    last.count = Math.max(last.count, skip - last.skip + 1);
    return { pick: picks.length - 1, turn: skip - last.skip };
  }
  picks.push({ step, from, to, class: holder.class, skip, count: 1 });
  return { pick: picks.length - 1, turn: 0 };
}

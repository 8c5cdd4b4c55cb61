import { stateOfFigures } from '../leads/figures/basis-store.ts';
import type { Tx } from '../platform/database/transaction.ts';
import type { ReferenceData, Status } from '../workspaces/reference-data.ts';
import { planFor } from './cohort-figures-store.ts';
import type { Cohort } from './report.ts';

/**
 * The figures from which a cohort can be counted; undefined if they are not ready, or do not match the present time
 * zone and statuses, so that the leads must be counted. Also sets how the transaction plans its queries.
 */
export async function openFigures(tx: Tx, referenceData: ReferenceData): Promise<Cohort['figures']> {
  const { steps } = stepsOf(referenceData.all('status'));
  const { ready, waiting } = await stateOfFigures(tx, { timeZone: referenceData.workspace.time_zone, steps });
  await planFor(tx, ready ? 'figures' : 'sweep');
  const idsOf = (kind: 'department' | 'source') => referenceData.all(kind).map(({ id }) => id);
  return ready ? { departments: idsOf('department'), sources: idsOf('source'), waiting } : undefined;
}

/**
 * The statuses with the states new and open in order, then won. All new statuses form the first step, all won ones the
 * last.
 */
export function stepsOf(all: readonly Status[]): { names: string[]; steps: { status_id: string; step: number }[] } {
  const of = (state: Status['state']) => all.filter((status) => status.state === state);
  const open = of('open');
  const groups = [of('new'), ...open.map((status) => [status]), of('won')];
  return {
    names: [of('new')[0]?.name ?? 'New', ...open.map(({ name }) => name), of('won')[0]?.name ?? 'Won'],
    steps: groups.flatMap((group, step) => group.map(({ id }) => ({ status_id: id, step }))),
  };
}

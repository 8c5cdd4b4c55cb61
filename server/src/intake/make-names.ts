import type { Database } from '../platform/database/database.ts';
import { addCustomFields, addListItem, addSource, addStatus } from '../workspaces/reference/reference-store.ts';
import type { ReferenceCache } from '../workspaces/reference-cache.ts';
import type { Allowed } from './allow.ts';
import type { Arrival } from './arrival.ts';
import type { Command, Named } from './command.ts';

/** Most items of each kind that payloads may create in a workspace; beyond these, requests are stored without them. */
export const limits = { sources: 500, statuses: 100, customFields: 500 };

/** Names in a request that the workspace does not have. */
export interface MissingNames {
  source?: string;
  status?: string;
  deal_stage?: string;
  custom: readonly string[];
}

export interface NameOptions {
  database: Database;
  referenceCache: ReferenceCache;
}

/** Creates the status or deal stage that a command names, if it is missing and the caller may. */
export async function createNamesOf(command: Allowed, arrival: Arrival, options: NameOptions): Promise<void> {
  const { caller, referenceData } = arrival;
  const [kind, named] = namedBy(command);
  if (!caller.may_extend || caller.test_mode || !kind || !named || !('make' in named)) return;
  if (referenceData.find(kind, { by: 'name', value: named.make })) return;
  if (referenceData.all(kind).length >= limits.statuses) return;
  await createNames(arrival, { [kind]: named.make, custom: [] }, options);
}

function namedBy(command: Command): [kind?: 'status' | 'deal_stage', named?: Named] {
  if (command.kind === 'changeStatus') return ['status', command.status];
  return command.kind === 'addDeal' ? ['deal_stage', command.stage] : [];
}

/** Creates names within the workspace's limits. Concurrent requests create only one. */
export async function createNames(
  arrival: Arrival,
  { source, status, deal_stage, custom }: MissingNames,
  { database, referenceCache }: NameOptions,
): Promise<void> {
  const { caller, referenceData } = arrival;
  await database.tx(
    caller.workspace_id,
    async (tx) => {
      if (source && referenceData.all('source').length < limits.sources) await addSource(tx, source);
      if (status && referenceData.all('status').length < limits.statuses) await addStatus(tx, status, 'open');
      if (deal_stage) await addListItem(tx, 'deal_stage', deal_stage);
      const room = limits.customFields - referenceData.customFields.size;
      if (custom.length > 0 && room > 0) await addCustomFields(tx, custom.slice(0, room), caller.dialect);
    },
    { retry: true },
  );
  arrival.referenceData = await referenceCache.renew(caller.workspace_id);
}

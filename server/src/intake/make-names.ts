import type { Database } from '../platform/database/database.ts';
import { addCustomFields, addSource, addStatus } from '../workspaces/reference/reference-store.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { Wanted } from './prepare.ts';

/** How many of each a workspace has at most by way of payloads; beyond, arrivals are kept without them. */
export const limits = { sources: 500, statuses: 100, customFields: 500 };

/** Makes the names that a payload brought, within the workspace's limits. Two at once make one. */
export async function makeMissingNames(
  database: Database,
  workspaceId: string,
  dialect: string,
  wanted: Wanted,
  referenceData: ReferenceData,
): Promise<void> {
  await database.tx(
    workspaceId,
    async (tx) => {
      if (wanted.source && referenceData.all('source').length < limits.sources) await addSource(tx, wanted.source);
      if (wanted.status && referenceData.all('status').length < limits.statuses)
        await addStatus(tx, wanted.status, 'open');
      const room = limits.customFields - referenceData.customFields.size;
      if (wanted.custom.length > 0 && room > 0) await addCustomFields(tx, wanted.custom.slice(0, room), dialect);
    },
    { retry: true },
  );
}

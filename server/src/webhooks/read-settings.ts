import type { Static } from 'typebox';
import type { EventType } from '../events/catalogue.ts';
import { Refused } from '../http/refused.ts';
import type { Egress } from '../platform/egress/egress.ts';
import { type Issue, invalid } from '../platform/problem.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { webhookPatch } from './webhook-shapes.ts';
import type { WebhookSettings } from './webhook-store.ts';

type Body = Static<typeof webhookPatch.schema>;

/** Reads the settings in a body. Refuses a URL that cannot be sent to, and names that the workspace does not have. */
export async function readSettings(
  body: Body,
  { egress, referenceData }: { egress: Pick<Egress, 'checkTarget'>; referenceData: ReferenceData },
): Promise<Partial<WebhookSettings>> {
  const issues: Issue[] = [];
  const { url, description, events, filter, include } = body;
  const fault = url === undefined ? undefined : await egress.checkTarget(url);
  if (fault) issues.push({ at: 'url', code: 'bad_url', detail: fault.detail });
  const found = filter === undefined ? undefined : readFilter(filter, referenceData, issues);
  if (issues.length > 0) throw new Refused(invalid(...issues));
  return {
    ...(url !== undefined && { url }),
    ...(description !== undefined && { description: description?.trim() || null }),
    ...(events && { events: events.includes('*') ? null : ([...new Set(events)] as EventType[]) }),
    ...found,
    ...(include && { include }),
  };
}

const filters = { sources: 'source', types: 'type', departments: 'department' } as const;

function readFilter(filter: Body['filter'], referenceData: ReferenceData, issues: Issue[]) {
  const idsOf = (name: keyof typeof filters) =>
    filter?.[name]?.map((value, at) => {
      const kind = filters[name];
      const item = referenceData.find(kind, { by: 'id', value }) ?? referenceData.find(kind, { by: 'name', value });
      if (!item) issues.push({ at: `filter.${name}.${at}`, code: 'unknown_reference' });
      return item?.id ?? '';
    }) ?? null;
  return { sources: idsOf('sources'), types: idsOf('types'), departments: idsOf('departments') };
}

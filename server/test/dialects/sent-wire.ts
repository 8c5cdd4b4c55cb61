import type { Wire } from '../../src/platform/wire.ts';
import type { ReferenceData } from '../../src/workspaces/reference-data.ts';

/** The workspace in which dialects' tests read requests. */
export const sampleWorkspace: ReferenceData['workspace'] = {
  id: '0190a000-0000-7000-8000-000000000000',
  name: 'default',
  region: 'GB',
  time_zone: 'UTC',
};

/** A request with this JSON body; undefined for none. */
export function sentWire(body: unknown, over: Partial<Wire>): Wire {
  return {
    method: 'POST',
    path: '/',
    params: {},
    query: [],
    headers: {},
    body: body === undefined ? { kind: 'empty' } : { kind: 'json', value: body },
    text: JSON.stringify(body) ?? '',
    ...over,
  };
}

import type { Dialect, Wire } from '../dialect.ts';
import { add } from './add.ts';
import { cancel } from './cancel.ts';
import { refuse } from './refuse.ts';
import { addFields as fields } from './wire.ts';

/** Comunik8's Leads API: partners submit and cancel leads for a dialler. */
export const dialler: Dialect = {
  name: 'dialler',
  title: 'Comunik8 dialler',
  tokenPrefix: 'lw_',
  bodies: 'json',
  prefixes: ['/lead'],
  endpoints: [add, cancel],
  credentials,
  credentialPlace: '`key` in the query; also `Authorization: Bearer` and `X-Api-Key`.',
  fields,
  secretNames: { query: ['key'], body: ['key'] },
  refuse,
  policy: 'attach',
  mergeStyle: 'fill',
  region: 'GB',
  repeatsByContent: false,
  example,
};

function credentials({ query, headers }: Wire): string[] {
  const keys = query.flatMap(([name, value]) => (name === 'key' ? [value] : []));
  const bearer = /^\s*bearer\s+(\S+)\s*$/i.exec(headers['authorization'] ?? '')?.[1];
  return [...keys, bearer, headers['x-api-key']].flatMap((sent) => sent?.trim() || []);
}

function example(base: string, token: string): string {
  const lead = {
    first_name: 'John',
    surname: 'Doe',
    mobile: '07840258823',
    email: 'john@example.com',
    type: 'Sales',
    subtype: 'valeter',
    delays: 600,
    data: '{"vehicle_make":"Ford"}',
  };
  return [
    `curl -s -X POST '${base}/lead/add?key=${token}'`,
    "-H 'Content-Type: application/json'",
    `-d '${JSON.stringify(lead)}'`,
  ].join(' \\\n  ');
}

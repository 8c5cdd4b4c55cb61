import type { Dialect, Wire } from '../dialect.ts';
import { endpoints } from './endpoints.ts';
import { refuse } from './refuse.ts';
import { leadFields as fields } from './wire.ts';

/** Overplane's CRM Lead object: list, create, read, update and delete leads. */
export const overplane: Dialect = {
  name: 'overplane',
  title: 'Overplane',
  tokenPrefix: 'sk_',
  bodies: 'json_or_form',
  prefixes: ['/api/crm'],
  endpoints,
  credentials,
  credentialPlace: 'The header `Authorization: Bearer`, or Basic with the token as user name.',
  fields,
  secretNames: { query: [], body: [] },
  refuse,
  policy: 'create',
  mergeStyle: 'fill',
  repeatsByContent: false,
  example,
};

/** A bearer token, or the user name of HTTP Basic, which clients of similar APIs send. */
function credentials({ headers }: Wire): string[] {
  const [scheme = '', value = ''] = (headers['authorization'] ?? '').trim().split(/\s+/);
  switch (scheme.toLowerCase()) {
    case 'bearer':
      return value ? [value] : [];
    case 'basic':
      return Buffer.from(value, 'base64').toString('utf8').split(':').slice(0, 1).filter(Boolean);
    default:
      return [];
  }
}

function example(base: string, token: string): string {
  const lead = { first_name: 'Ann', last_name: 'Lee', email_id: 'ann.lee@example.com', company_name: 'Example Corp' };
  return [
    `curl -s -X POST '${base}/api/crm/lead'`,
    `-H 'Authorization: Bearer ${token}'`,
    "-H 'Content-Type: application/json'",
    `-d '${JSON.stringify(lead)}'`,
  ].join(' \\\n  ');
}

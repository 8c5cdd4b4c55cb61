import type { Wire } from '../dialect.ts';
import { objectFields, pairFields } from '../field-rules.ts';

/**
 * Where CRM.COM's clients put the token: a field of a POST's body, a parameter of a GET's query. The web API key is the
 * user name of HTTP Basic. A bearer token is taken too, for clients behind gateways that add one.
 */
export function credential(wire: Wire): string | undefined {
  return (
    asText(bodyToken(wire)) ?? asText(pairFields(wire.query).get('token')) ?? authorised(wire.headers.authorization)
  );
}

function asText(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).trim() || undefined;
}

function bodyToken(wire: Wire): unknown {
  if (wire.body.kind === 'json') return objectFields(wire.body.value)?.get('token');
  // Broken JSON still says whose it is, so that it is kept and its sender told what is wrong with it.
  return wire.body.kind === 'unreadable' ? /"token"\s*:\s*"([^"\\]+)"/.exec(wire.text)?.[1] : undefined;
}

/** Clients write `Basic` and `basic`, and some encode the key without the colon that should follow it. */
function authorised(header: string | undefined): string | undefined {
  const [, scheme, value] = /^\s*(basic|bearer)\s+(\S+)\s*$/i.exec(header ?? '') ?? [];
  if (!scheme || !value) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return asText(Buffer.from(value, 'base64').toString('utf8').split(':')[0]);
}

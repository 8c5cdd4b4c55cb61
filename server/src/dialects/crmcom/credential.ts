import type { Wire } from '../dialect.ts';
import { objectFields, pairFields } from '../field-rules.ts';

/**
 * Finds the token where CRM.COM's clients put it: a field of a POST body or a query parameter of a GET. The web API key
 * is the user name of HTTP Basic. A bearer token is accepted too, for clients behind gateways that add one.
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
  // Finds the token even in broken JSON, so that the request is stored and its sender is told what is wrong.
  return wire.body.kind === 'unreadable' ? /"token"\s*:\s*"([^"\\]+)"/.exec(wire.text)?.[1] : undefined;
}

/** Clients write both `Basic` and `basic`, and some omit the colon after the key before encoding it. */
function authorised(header: string | undefined): string | undefined {
  const [, scheme, value] = /^\s*(basic|bearer)\s+(\S+)\s*$/i.exec(header ?? '') ?? [];
  if (!scheme || !value) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return asText(Buffer.from(value, 'base64').toString('utf8').split(':')[0]);
}

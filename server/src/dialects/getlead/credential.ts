import type { Wire } from '../dialect.ts';
import { parameters } from './wire.ts';

/**
 * Finds the token: part of the path on one endpoint, a parameter on the others. A header is accepted too, and an
 * unfilled token in the path does not hide the parameter.
 */
export function credential(wire: Wire): string | undefined {
  const inPath = wire.params['token']?.trim();
  if (inPath?.startsWith('gl_')) return inPath;
  const parameter = parameters(wire).get('token');
  return (typeof parameter === 'string' ? parameter : undefined) ?? fromHeaders(wire.headers) ?? (inPath || undefined);
}

function fromHeaders(headers: Wire['headers']): string | undefined {
  const authorization = /^\s*(?:(?:token|bearer)\s+)?(\S+)\s*$/i.exec(headers['authorization'] ?? '');
  return authorization?.[1] ?? (headers['x-api-key']?.trim() || undefined);
}

import type { WireReply } from '../dialect.ts';

/** The envelope of every successful reply; CRM.COM's clients look at `status.code`. */
export function ok(data: unknown): WireReply {
  return { status: 200, body: { status: { code: 'OK', message: null, description: null }, data } };
}

/** The envelope of an error. Clients show `message` to users and discard bodies with another HTTP status, hence 200. */
export function errorReply(code: string, message: string, description: string, status = 200): WireReply {
  return { status, body: { status: { code, message, description }, data: null } };
}

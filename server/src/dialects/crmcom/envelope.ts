import type { WireReply } from '../dialect.ts';

/** A success: every answer of CRM.COM stands in this envelope, and its clients go by `status.code`. */
export function ok(data: unknown): WireReply {
  return { status: 200, body: { status: { code: 'OK', message: null, description: null }, data } };
}

/** A refusal. Clients show `message` to people and throw away bodies of other statuses, so 200 is the rule. */
export function refused(code: string, message: string, description: string, status = 200): WireReply {
  return { status, body: { status: { code, message, description }, data: null } };
}

/** The same refusal with a time to wait, for machines between us and the client. */
export function later(reply: WireReply, seconds: number): WireReply {
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(seconds) } };
}

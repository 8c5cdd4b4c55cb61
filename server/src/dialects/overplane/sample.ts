import { sentWire } from '../../../test/dialects/sent-wire.ts';
import {
  type Command,
  type Endpoint,
  isProblem,
  type Problem,
  type ReadContext,
  type Result,
  type Wire,
} from '../dialect.ts';
import { endpoints } from './endpoints.ts';
import { refuse } from './refuse.ts';

export const ids = {
  new: '0190a000-0000-7000-8000-000000000001',
  qualified: '0190a000-0000-7000-8000-000000000002',
  ann: '0190a000-0000-7000-8000-000000000003',
  gone: '0190a000-0000-7000-8000-000000000004',
  lead: '0190a000-0000-7000-8000-00000000000a',
};
const plain = { alternative_code: null, description: null };
const member = { ...plain, role: 'agent', active: true } as const;
export const contents = {
  status: [
    { ...plain, id: ids.new, name: 'New', state: 'new', is_default: true },
    { ...plain, id: ids.qualified, name: 'Qualified', state: 'open', is_default: false },
  ],
  member: [
    { ...member, id: ids.ann, name: 'Ann Agent', email: 'ann@example.com', username: 'ann' },
    { ...member, id: ids.gone, name: 'Gone Agent', email: 'gone@example.com', username: 'gone', active: false },
  ],
} as const;

/** The 45 keys of the vendor's page, in its order. */
export const PAGE_KEYS =
  `id created_at updated_at lead_name company_name email_id lead_owner status salutation gender customer image phone
  mobile_no fax type market_segment industry request_type company website territory unsubscribed blog_subscriber title
  language first_name middle_name last_name no_of_employees whatsapp_no phone_ext qualified_by qualified_on
  qualification_status job_title annual_revenue disabled city state country utm_content utm_source utm_medium
  utm_campaign`.split(/\s+/);

/** A request with this JSON body; undefined for none. */
export function wire(body: unknown, over: Partial<Wire> = {}): Wire {
  return sentWire(body, { path: '/api/crm/lead', ...over });
}

export type Operation = 'list' | 'create' | 'show' | 'update' | 'delete';

export function endpointOf(operation: Operation): Endpoint {
  const endpoint = endpoints.find(({ name }) => name === `overplane-lead-${operation}`);
  if (!endpoint) throw new Error(`no endpoint for ${operation}`);
  return endpoint;
}

/** The command read from a request; fails when it was refused. */
export function commandOf<K extends Command['kind']>(kind: K, read: Command | Problem): Extract<Command, { kind: K }> {
  if (read.kind !== kind) throw new Error(`not ${kind}: ${JSON.stringify(read)}`);
  return read as Extract<Command, { kind: K }>;
}

/** The reply to a refused request; fails when it was accepted. */
export function refusalOf(read: Command | Problem): { status: number; body: unknown } {
  if (!isProblem(read)) throw new Error(`not refused: ${JSON.stringify(read)}`);
  return refuse(read);
}

/** The reply's body for a result. */
export function replyBody(result: Result, context: ReadContext): unknown {
  const call = { ...context, wire: wire(undefined), command: { kind: 'signOut' } as const };
  return endpointOf('show').answer(result, call).body;
}

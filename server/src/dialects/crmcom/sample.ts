import { sampleWorkspace, sentWire } from '../../../test/dialects/sent-wire.ts';
import {
  type Command,
  isProblem,
  type Problem,
  type ReadContext,
  type ReferenceData,
  type Wire,
  type WireReply,
} from '../dialect.ts';
import { crmcom, exampleLead } from './index.ts';

/** The workspace used in tests. `contents` has an item of every kind, with recognisable ids. */
export const workspace = { ...sampleWorkspace, region: 'CY', time_zone: 'Asia/Nicosia' };

/** The nth id in our own form. */
export function idOf(number: number): string {
  return `0190a000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

/** The nth id in CRM.COM's form. */
export function hexOf(number: number): string {
  return idOf(number).replaceAll('-', '').toUpperCase();
}

function item(number: number, name: string, alternative_code: string | null = null) {
  return { id: idOf(number), name, alternative_code, description: null };
}

const messages = { email_on_create: false, phone_on_create: false, default_status_id: null, default_category_id: null };

export const contents = {
  type: [
    { ...item(1, 'Sales', 'S'), ...messages, default_status_id: idOf(11) },
    { ...item(2, 'Welcome'), ...messages, email_on_create: true, phone_on_create: true },
    { ...item(3, 'Write-off'), ...messages, default_status_id: idOf(14) },
  ],
  status: [
    { ...item(11, 'New', 'N'), state: 'new', is_default: true },
    { ...item(12, 'Contacted', 'C'), state: 'open', is_default: false },
    { ...item(13, 'Won', 'W'), state: 'won', is_default: false },
    { ...item(14, 'Lost', 'L'), state: 'lost', is_default: false },
    { ...item(15, 'Cancelled', 'X'), state: 'cancelled', is_default: false },
  ],
  source: [item(21, 'Home page'), item(22, 'Fair')],
  department: [{ ...item(31, 'Sales'), member_ids: [] }],
  member: [
    { ...item(41, 'Anna A'), email: 'anna@example.com', username: 'anna', role: 'agent', active: true },
    { ...item(42, 'Ben B'), email: 'ben@example.com', username: 'ben', role: 'agent', active: true },
  ],
  category: [{ ...item(51, 'Residential', 'RES'), kind: 'category', code: null }],
  lost_reason: [{ ...item(52, 'Price', 'P'), kind: 'lost_reason', code: null }],
  group: [{ ...item(53, 'Back office'), kind: 'group', code: null }],
  privacy_level: [{ ...item(54, 'Public'), kind: 'privacy_level', code: null }],
  competitor: [{ ...item(55, 'Other provider'), kind: 'competitor', code: '7' }],
  product: [{ ...item(61, 'Basic', 'BASIC'), kind: 'product', code: 'B1' }],
  product_type: [{ ...item(62, 'Services', 'SP'), kind: 'product_type', code: null }],
  service: [{ ...item(63, 'Basic', 'NET100'), kind: 'service', code: 'NET100' }],
  physical_good: [{ ...item(64, 'Router', 'ROUTER'), kind: 'physical_good', code: 'ROUTER' }],
  subscription_package: [{ ...item(65, 'Home', 'HOME'), kind: 'subscription_package', code: 'HOME' }],
  country: [{ ...item(66, 'Cyprus', 'CY'), kind: 'country', code: 'CY' }],
} as const;

/** A lead with only the mandatory fields. */
export const john = { token: 'T', ...exampleLead, contact_email: 'a@b.com', contact_phone: '99123456' };

/** A request with the given query, and a JSON body unless it is a GET. */
export function wire(body: unknown, over: Partial<Wire> = {}): Wire {
  return sentWire(body, { method: body === undefined ? 'GET' : 'POST', params: { version: 'v2' }, ...over });
}

export function endpoint(name: string) {
  const found = crmcom.endpoints.find((one) => one.name === name);
  if (!found) throw new Error(`There is no endpoint ${name}.`);
  return found;
}

/** Helpers that read requests in tests: `accepted` and `refused` fail on the opposite outcome. */
export function withReferenceData(referenceData: ReferenceData, now = CREATED) {
  const context: ReadContext = { referenceData, region: 'CY', now };
  const read = (name: string, sent: Wire): Command | Problem => endpoint(name).read(sent, context);
  return {
    context,
    accepted(name: string, sent: Wire): Command {
      const command = read(name, sent);
      if (isProblem(command)) throw new Error(`refused: ${JSON.stringify(command)}`);
      return command;
    },
    refused(name: string, sent: Wire): WireReply {
      const problem = read(name, sent);
      if (!isProblem(problem)) throw new Error('It was accepted.');
      return (endpoint(name).refuse ?? crmcom.refuse)(problem);
    },
  };
}

/** When the tests' leads are created: already the next day in the workspace's time zone, but not in UTC. */
export const CREATED = new Date('2026-05-04T22:30:00Z');

/** The message of an error reply. */
export function messageOf({ body }: WireReply): string {
  return (body as { status: { message: string } }).status.message;
}

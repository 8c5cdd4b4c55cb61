import { beforeEach, describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { applyTo } from '../../intake/apply.ts';
import { normalise } from '../../intake/prepare.ts';
import { newLead } from '../../leads/lead.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { Lead, LeadDraft, Origin } from '../dialect.ts';
import { commandOf, contents, endpointOf, ids, PAGE_KEYS, replyBody, wire } from './sample.ts';

const context = {
  referenceData: makeReferenceData(sampleWorkspace, contents),
  region: 'GB',
  now: new Date('2026-05-04T10:00:00.999Z'),
};
const id = 'lead_01j2g00000e00800000000000a';
let lead: Lead;

beforeEach(() => {
  lead = newLead(ids.lead, 1, ids.new, context.now);
});

/** Applies a draft to the lead as intake does. */
function bring({ draft, origin }: { draft: LeadDraft; origin: Origin }, mode: 'set' | 'overwrite'): void {
  const status_id = draft.status && 'id' in draft.status ? draft.status.id : undefined;
  const references = { ...draft.references, ...(status_id && { status_id }) };
  const { dialect_fields, custom } = draft;
  const facts = normalise(draft, 'GB');
  applyTo(
    lead,
    { facts, references, custom, dialect: 'overplane', dialect_fields, origin },
    mode,
    context.referenceData,
  );
}

function post(body: unknown): Record<string, unknown> {
  bring(commandOf('createLead', endpointOf('create').read(wire(body), context)), 'overwrite');
  return get();
}

function patch(body: unknown): Record<string, unknown> {
  const read = endpointOf('update').read(wire(body, { params: { id } }), context);
  bring(commandOf('updateLead', read), 'set');
  return get();
}

function get(): Record<string, unknown> {
  return replyBody({ kind: 'lead', did: 'shown', lead }, context) as Record<string, unknown>;
}

describe('the Lead object', () => {
  it('has all keys in the documented order, with null for unset ones, and the documented defaults', () => {
    const view = post({});
    expect(Object.keys(view)).toEqual(PAGE_KEYS);
    expect(Object.fromEntries(Object.entries(view).filter(([, value]) => value !== null))).toEqual({
      id,
      created_at: '2026-05-04T10:00:00Z',
      updated_at: '2026-05-04T10:00:00Z',
      lead_owner: '__user',
      status: 'Lead',
      unsubscribed: false,
      blog_subscriber: false,
      disabled: false,
    });
  });

  it('returns every value as it was sent', () => {
    const sent = {
      lead_name: ' Ann ',
      company_name: 'Example Corp',
      email_id: 'Ann.LEE@Example.com',
      lead_owner: 'ANN',
      status: 'qualified',
      phone: '(020) 7946 0000',
      mobile_no: '07840 258823',
      fax: '',
      type: 'Client',
      title: 'Big one',
      unsubscribed: true,
      blog_subscriber: true,
      annual_revenue: 1234.567,
      qualified_on: 'qualified_on_example',
      state: '<b>x</b>',
      city: '',
      country: '  ',
      utm_source: 'google',
    };
    expect(post(sent)).toMatchObject(sent);
    expect(lead).toMatchObject({
      phone: '+447840258823',
      other_phone: '+442079460000',
      annual_revenue: 1234.57,
      city: null,
    });
  });

  it.each(['phone_example', '07840258823', '12', '+1 555 0100'])('shows %s as a phone, not as a mobile', (phone) => {
    expect(post({ phone })).toMatchObject({ phone, mobile_no: null });
    expect(patch({ mobile_no: '07840258824' })).toMatchObject({ phone, mobile_no: '07840258824' });
    expect(patch({ mobile_no: '' })).toMatchObject({ phone, mobile_no: '' });
    expect(patch({ phone: null })).toMatchObject({ phone: null, mobile_no: '' });
  });

  it('shows a corrected phone in place of the first one, never as a mobile number', () => {
    post({ phone: '020 7946 0000' });
    expect(patch({ phone: '020 7946 0001' })).toMatchObject({ phone: '020 7946 0001', mobile_no: null });
    expect(patch({ phone: null })).toMatchObject({ phone: null, mobile_no: null });
  });

  it('keeps a mobile number and a phone apart, whether equal or not', () => {
    expect(post({ phone: '07840258823', mobile_no: '+447840258823' })).toMatchObject({
      phone: '07840258823',
      mobile_no: '+447840258823',
    });
    expect(patch({ phone: '07840258824' })).toMatchObject({ phone: '07840258824', mobile_no: '+447840258823' });
  });

  it('shows a mobile number that equals the phone sent before', () => {
    post({ phone: '07840258823' });
    expect(patch({ mobile_no: '07840258823' })).toMatchObject({ phone: '07840258823', mobile_no: '07840258823' });
  });

  it('does not change when it is sent back as a whole', () => {
    for (const body of [{}, { phone: '020 7946 0000' }, { first_name: 'Ann', email_id: 'a@b.com', mobile_no: '12' }]) {
      lead = newLead(ids.lead, 1, ids.new, context.now);
      const view = post(body);
      expect(patch(view)).toEqual(view);
    }
  });
});

describe('an update', () => {
  it('leaves unchanged the fields it does not contain', () => {
    const before = post({ first_name: 'Ann', last_name: 'Lee', email_id: 'a@b.com', fax: '1', annual_revenue: 5 });
    expect(patch({})).toEqual(before);
    expect(patch({ lead_name: 'x', company_name: 'Example Corp' })).toEqual({
      ...before,
      lead_name: 'x',
      company_name: 'Example Corp',
    });
    expect(patch({ annual_revenue: 0, disabled: true })).toMatchObject({ annual_revenue: 0, disabled: true, fax: '1' });
  });

  it('permanently clears fields that are null', () => {
    post({
      first_name: 'Ann',
      company_name: 'c',
      fax: '1',
      annual_revenue: 0.001,
      blog_subscriber: true,
      status: 'Qualified',
    });
    const nulls = { company_name: null, title: null, fax: null, annual_revenue: null, lead_name: null };
    expect(patch({ ...nulls, blog_subscriber: null, status: null })).toMatchObject({
      ...nulls,
      first_name: 'Ann',
      blog_subscriber: false,
      status: 'Lead',
    });
  });

  it('does not replace a title that was cleared', () => {
    post({ company_name: 'Example Corp' });
    expect(patch({ title: null })).toMatchObject({ title: null, company_name: 'Example Corp' });
    expect(patch({ title: 'Big one' }).title).toBe('Big one');
  });

  it('gives an untitled lead a title as soon as it has a company', () => {
    expect(post({}).title).toBeNull();
    expect(patch({ company_name: 'Example Corp' }).title).toBe('Example Corp');
  });
});

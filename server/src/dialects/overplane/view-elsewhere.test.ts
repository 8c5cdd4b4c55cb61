import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { newLead } from '../../leads/lead.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { DialectFields, Lead } from '../dialect.ts';
import { contents, ids, replyBody } from './sample.ts';

const context = {
  referenceData: makeReferenceData(sampleWorkspace, contents),
  region: 'GB',
  now: new Date('2026-05-04T10:00:00Z'),
};

/** Shows a stored lead with the values this dialect remembers of it. */
function view(facts: Partial<Lead>, overplane?: DialectFields): unknown {
  const lead: Lead = { ...newLead(ids.lead, 1, ids.new, context.now), ...facts };
  if (overplane) lead.dialect_fields = { overplane };
  return replyBody({ kind: 'lead', did: 'shown', lead }, context);
}

describe('a lead that was changed elsewhere', () => {
  it('shows the new values in place of those sent', () => {
    const memory = {
      phone: '020 7946 0000',
      mobile_no: '07840258823',
      status: 'Qualified',
      lead_owner: 'ann',
      annual_revenue: 0.005,
      city: '',
      _as: { status_id: ids.qualified, owner_id: ids.ann },
    };
    const facts = { phone: '+447840258824', phone_sent: '07840258824', annual_revenue: 7, city: 'Bonn' };
    expect(view(facts, memory)).toMatchObject({
      phone: null,
      mobile_no: '+447840258824',
      status: 'Lead',
      lead_owner: '__user',
      annual_revenue: 7,
      city: 'Bonn',
    });
  });

  it('still has no mobile number if its only phone is sent again in another form', () => {
    const phones = { phone: '+442079460000', phone_sent: '+44 20 7946 0000', other_phone: '+442079460000' };
    const memory = { phone: '020 7946 0000', _main: '020 7946 0000' };
    expect(view(phones, memory)).toMatchObject({ phone: '020 7946 0000', mobile_no: null });
    expect(view({ ...phones, phone: '+447840258823' }, memory)).toMatchObject({ mobile_no: '+447840258823' });
  });

  it('keeps an unknown status and owner until they are replaced', () => {
    const memory = { status: 'Interested', lead_owner: 'Bob', _as: { status_id: ids.new } };
    expect(view({}, memory)).toMatchObject({ status: 'Interested', lead_owner: 'Bob' });
    expect(view({ status_id: ids.qualified, owner_id: ids.ann }, memory)).toMatchObject({
      status: 'Qualified',
      lead_owner: 'ann@example.com',
    });
  });
});

describe('a lead that came through another dialect', () => {
  it('is shown with the values it has', () => {
    const john = { name: 'John Doe', company_name: 'Doe Ltd', phone: '+447840258823', phone_sent: '07840258823' };
    expect(view({ ...john, owner_id: ids.ann })).toMatchObject({
      lead_name: 'John Doe',
      title: 'Doe Ltd',
      mobile_no: '+447840258823',
      phone: null,
      lead_owner: 'ann@example.com',
      status: 'Lead',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { sampleWorkspace } from '../../../test/dialects/sent-wire.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { Pairs } from '../dialect.ts';
import { commandOf, contents, endpointOf, ids, PAGE_KEYS, refusalOf, wire } from './sample.ts';

const context = {
  referenceData: makeReferenceData(sampleWorkspace, contents),
  region: 'GB',
  now: new Date('2026-05-04T10:00:00Z'),
};
const create = (body: unknown) => endpointOf('create').read(wire(body), context);
const created = (body: unknown) => commandOf('createLead', create(body));
const list = (query: Pairs) => endpointOf('list').read(wire(undefined, { query }), context);
const params = { id: 'lead_01j2g00000e00800000000000a' };
const update = (body: unknown) => commandOf('updateLead', endpointOf('update').read(wire(body, { params }), context));

describe('creating a lead', () => {
  it('treats a missing or empty body as a lead without values', () => {
    for (const body of [undefined, {}])
      expect(create(body)).toEqual({ kind: 'createLead', draft: { values: {} }, origin: {} });
  });

  it('accepts every example value of the documentation unchanged', () => {
    const page = Object.fromEntries(PAGE_KEYS.map((key) => [key, `${key}_example`]));
    const flags = { unsubscribed: false, blog_subscriber: false, annual_revenue: 0, disabled: false };
    const { draft } = created({
      ...page,
      ...flags,
      lead_owner: '__user',
      status: 'Lead',
      email_id: '[email protected]',
    });
    expect(draft.status).toEqual({ id: ids.new });
    expect(draft.values).toMatchObject({
      name: 'lead_name_example',
      annual_revenue: 0,
      utm_content: 'utm_content_example',
    });
    expect(draft.phone).toEqual({ sent: 'mobile_no_example' });
    expect(draft.other_phone).toEqual({ sent: 'phone_example' });
    expect(draft.source).toEqual({ make: 'utm_source_example' });
  });

  it.each([
    [{ salutation: 'Dr', first_name: 'Ann', middle_name: ' ', last_name: 'Lee' }, 'Dr Ann Lee', 'Dr Ann Lee'],
    [{ first_name: 'Ann', company_name: 'Example Corp' }, 'Ann', 'Example Corp'],
    [{ company_name: 'Example Corp', email_id: 'a@b.com' }, 'Example Corp', 'Example Corp'],
    [{ email_id: 'a.b@c.com' }, 'a.b', 'a.b'],
    [{ lead_name: 'x', first_name: 'Ann' }, 'x', 'x'],
    [{ lead_name: null, title: '', first_name: 'Ann' }, 'Ann', 'Ann'],
    [{ lead_name: 'x', title: 'y', company_name: 'z' }, 'x', 'y'],
    [{ first_name: 'x'.repeat(10_000), last_name: 'y' }, 'x'.repeat(10_000), 'x'.repeat(10_000)],
    [{ salutation: 'Dr' }, undefined, undefined],
    [{ email_id: '@c.com' }, undefined, undefined],
  ])('derives name and title from %j', (body, name, title) => {
    const { draft } = created(body);
    expect(draft.values.name).toBe(name);
    expect(draft.dialect_fields?.['title']).toBe(title);
  });

  it('ignores undocumented fields, whatever their names', () => {
    const body = JSON.parse('{"__proto__":{"fax":"1"},"constructor":"c","id":"lead_x","created_at":"y","foo":[1]}');
    expect(create(body)).toEqual({ kind: 'createLead', draft: { values: {} }, origin: {} });
  });

  it.each([
    ['ann@EXAMPLE.com', ids.ann],
    ['ann', ids.ann],
    ['Ann  agent', ids.ann],
    ['__user', null],
    ['', null],
    [null, null],
  ])('understands a lead_owner of %j', (lead_owner, owner_id) => {
    expect(created({ lead_owner }).draft.references).toEqual({ owner_id });
  });

  it.each(['Bob', 'gone@example.com'])(
    'warns that a lead_owner of %s is unknown here, and keeps the text as sent',
    (lead_owner) => {
      const command = created({ lead_owner });
      expect(command.draft).toEqual({ values: {}, dialect_fields: { lead_owner } });
      expect(command.warnings).toEqual([{ code: 'unknown_staff', at: 'lead_owner', value: lead_owner }]);
    },
  );

  it('looks a status up by name, and keeps one that the workspace does not have', () => {
    expect(created({ status: 'qualified' }).draft.status).toEqual({ id: ids.qualified });
    expect(created({ status: 'Interested' }).draft).toEqual({ values: {}, dialect_fields: { status: 'Interested' } });
  });

  it('uses the phone for calls and matching if there is no mobile number', () => {
    expect(created({ phone: '020 7946 0000' }).draft).toMatchObject({
      phone: { sent: '020 7946 0000' },
      other_phone: { sent: '020 7946 0000' },
    });
    expect(update({ phone: '020 7946 0000' }).draft.phone).toBeUndefined();
    expect(update({ phone: '020 7946 0000', mobile_no: null }).draft.phone).toEqual({ sent: '020 7946 0000' });
  });
});

describe('updating a lead', () => {
  it('leaves out fields that were not sent', () => {
    expect(update({ lead_name: 'x', company_name: 'Example Corp' })).toEqual({
      kind: 'updateLead',
      lead: { by: 'id', id: ids.lead },
      draft: { values: { name: 'x', company_name: 'Example Corp' } },
      origin: { name: 'lead_name', company_name: 'company_name' },
    });
    expect(update({}).draft).toEqual({ values: {} });
  });

  it('clears fields that are null', () => {
    const body = { lead_name: null, phone: null, mobile_no: null, fax: null, annual_revenue: null, disabled: null };
    expect(update(body).draft).toMatchObject({
      values: { name: null, annual_revenue: null },
      phone: null,
      other_phone: null,
      dialect_fields: { fax: null, disabled: null },
    });
  });

  it('resets a null status and owner to their defaults', () => {
    expect(update({ status: null, lead_owner: null }).draft).toMatchObject({
      status: { id: ids.new },
      references: { owner_id: null },
    });
  });
});

describe('listing leads', () => {
  it.each<[Pairs, number, number]>([
    [[], 20, 0],
    [
      [
        ['limit', '2'],
        ['offset', '1'],
      ],
      2,
      1,
    ],
    [
      [
        ['limit', ''],
        ['offset', ' '],
      ],
      20,
      0,
    ],
    [[['limit', '1000']], 1000, 0],
    [[['limit', '99999999999999999999']], 1000, 0],
    [[['offset', '99999999999999999999']], 20, Number.MAX_SAFE_INTEGER],
    [
      [
        ['starting_after', 'x'],
        ['limit', '007'],
      ],
      7,
      0,
    ],
  ])('reads %j as a limit of %d and an offset of %d', (query, limit, offset) => {
    expect(list(query)).toEqual({ kind: 'listLeads', filter: {}, limit, offset });
  });

  it.each([
    ['limit', '0'],
    ['limit', '-1'],
    ['limit', '20abc'],
    ['limit', '1e9'],
    ['limit', '2.5'],
    ['limit', 'null'],
    ['offset', '-1'],
    ['offset', 'x'],
  ])('refuses %s=%s', (param, value) => {
    expect(refusalOf(list([[param, value]]))).toMatchObject({ status: 400, body: { error: { param } } });
  });
});

describe('naming a lead', () => {
  it.each(['', 'lead_abc123', 'prospect_01j2g00000e00800000000000a', 'lead_81j2g00000e00800000000000a', '../x', '1'])(
    'finds no lead for %j',
    (id) => {
      for (const operation of ['show', 'update', 'delete'] as const)
        expect(endpointOf(operation).read(wire(undefined, { params: { id } }), context)).toEqual({
          kind: 'not_found',
          what: 'lead',
        });
    },
  );

  it('shows and deletes a lead by the id returned for it', () => {
    const lead = { by: 'id', id: ids.lead };
    expect(endpointOf('show').read(wire(undefined, { params }), context)).toEqual({ kind: 'showLead', lead });
    expect(endpointOf('delete').read(wire(undefined, { params }), context)).toEqual({ kind: 'deleteLead', lead });
  });
});

import { describe, expect, it } from 'vitest';
import { created, fresh, show, update } from '../../../test/dialects/crmcom-leads.ts';
import type { LeadValues } from '../dialect.ts';
import { CREATED, hexOf, idOf } from './sample.ts';

describe('an update', () => {
  it('changes the fields it names, clears those that are null and leaves the rest', () => {
    const lead = created({
      description: 'old',
      udf_string_1: 'a',
      udf_string_2: 'b',
      other: 1,
      lead_owner: { username: 'anna' },
    });
    const before = show(lead);
    const after = show(update(lead, { udf_string_1: null, other: null, lead_owner: null, target_amount: 5 }));
    const { other: _, ...rest } = before;
    expect(after).toEqual({ ...rest, udf_string_1: null, lead_owner: null, assigned_to: null, target_amount: 5 });
  });

  it('changes single fields of the contact', () => {
    const lead = created({ contact_information: { type: 'PERSON', first_name: 'John', last_name: 'Doe', notes: 'n' } });
    const shown = show(update(lead, { contact_information: { last_name: 'Roe', title: 'Mr' } }));
    expect(shown['contact_information']).toMatchObject({
      first_name: 'John',
      last_name: 'Roe',
      title: 'Mr',
      notes: 'n',
    });
  });

  it('replaces a set of the contact under either spelling of its name', () => {
    const phones = (number: string) => [{ type: 'MOBILE', number }];
    const contact = { type: 'PERSON', first_name: 'John' };
    const lead = created({ contact_information: { ...contact, phones_set: phones('99000001') }, contact_phone: null });
    const after = show(update(lead, { contact_information: { phone_set: phones('99000002') } }));
    expect(after).toMatchObject({ contact_phone: '99000002', contact_information: { phones_set: phones('99000002') } });
  });

  it('adds to sets and removes from them', () => {
    const at = (minute: number) => new Date(CREATED.getTime() + minute * 60_000);
    const lead = created({ users_set: [{ user_identifier: { username: 'anna' } }], products_set: [{ code: 'BASIC' }] });
    const users = () => (show(lead)['users_set'] as { user: { username: string } }[]).map(({ user }) => user.username);
    update(lead, { users_set: [{ action: 'ADD', user_identifier: { username: 'ben' } }] }, at(1));
    expect(users()).toEqual(['anna', 'ben']);
    update(
      lead,
      { users_set: [{ action: 'REMOVE', lead_user_identifier: { user_identifier: { username: 'anna' } } }] },
      at(2),
    );
    expect(users()).toEqual(['ben']);
    update(lead, { users_set: [{ action: 'REMOVE', lead_user_identifier: { id: hexOf(42) } }] }, at(3));
    expect(users()).toEqual([]);
    update(lead, { users_set: [{ user_identifier: { username: 'anna' } }] }, at(4));
    expect(users()).toEqual(['anna']);
    update(lead, { users_set: null }, at(5));
    expect(users()).toEqual([]);
    expect(show(lead)['products_set']).toHaveLength(1);
  });

  it('tells entries with several identifiers apart', () => {
    const entry = { product_identifier: { code: 'NET100' }, product_type_identifier: { name: 'Services' } };
    const lead = created({ services_set: [entry, { product_identifier: { code: 'NET100' } }] });
    const [{ id }] = show(lead)['services_set'] as [{ id: string }];
    expect(id).toMatch(/^[0-9A-F]{32}$/);
    update(lead, { services_set: [{ action: 'REMOVE', id }] }, new Date(CREATED.getTime() + 1));
    expect(show(lead)['services_set']).toMatchObject([{ id: hexOf(63) }]);
  });
});

describe('a lead that changed elsewhere', () => {
  it('shows its current values, and the rest as it was sent', () => {
    const contact_information = {
      type: 'PERSON',
      first_name: 'John',
      last_name: 'Doe',
      phones_set: [
        { type: 'LANDLINE', number: '25000000', notes: 'home' },
        { type: 'MOBILE', number: '99000000' },
      ],
    };
    const lead = created({ contact_information, contact_phone: null, assigned_to: { username: 'anna' } });
    const changes: LeadValues = {
      last_name: 'Roe',
      name: 'John Roe',
      gender: 'MALE',
      city: 'Paphos',
      date_of_birth: '1980-02-01',
    };
    Object.assign(lead, changes, {
      phone: '+35799111111',
      phone_sent: '99111111',
      source_id: idOf(22),
      owner_id: idOf(42),
    });
    expect(show(lead)).toMatchObject({
      contact_phone: '99111111',
      source: { type: 'OTHER', name: 'Fair' },
      lead_owner: { username: 'ben' },
      assigned_to: { user: { username: 'ben' } },
      contact_information: {
        name: 'John Roe',
        first_name: 'John',
        last_name: 'Roe',
        demographics: { gender: 'MALE', date_of_birth: { day: 1, month: 2, year: 1980 } },
        phones_set: [
          { type: 'LANDLINE', number: '99111111', notes: 'home' },
          { type: 'MOBILE', number: '99000000' },
        ],
        addresses_set: [{ type: 'HOME', town_city: 'Paphos' }],
      },
    });
  });

  it.each([
    [{ name: 'Maria de la Cruz' }, { type: 'PERSON', first_name: 'Maria de la', last_name: 'Cruz' }],
    [{ name: 'Cher' }, { type: 'PERSON', first_name: 'Cher', last_name: null }],
    [
      { name: 'Acme', company_name: 'Acme' },
      { type: 'COMPANY', name: 'Acme', company_name: 'Acme', first_name: null },
    ],
    [
      { first_name: 'Ann', last_name: 'Lee' },
      { type: 'PERSON', first_name: 'Ann', last_name: 'Lee' },
    ],
  ])('has a contact too if it came through another dialect: %j', (values, contact) => {
    const lead = Object.assign(fresh(), values, { email: 'm@example.com', phone: '+35799111111', source_id: idOf(22) });
    expect(show(lead)).toMatchObject({
      contact_email: 'm@example.com',
      contact_phone: '+35799111111',
      source: { type: 'OTHER', name: 'Fair' },
      contact_information: {
        ...contact,
        emails_set: [{ type: 'PERSONAL', email_address: 'm@example.com' }],
        phones_set: [{ type: 'MOBILE', number: '+35799111111' }],
      },
    });
  });
});

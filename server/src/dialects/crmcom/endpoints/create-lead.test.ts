import { describe, expect, it } from 'vitest';
import { makeReferenceData } from '../../../workspaces/reference-data.ts';
import { crmcom } from '../index.ts';
import { contents, hexOf, idOf, john, wire, withReferenceData, workspace } from '../sample.ts';

const { accepted } = withReferenceData(makeReferenceData(workspace, contents));

describe('create', () => {
  it('reads a lead with only the mandatory fields', () => {
    expect(accepted('leads-create', wire(john))).toMatchObject({
      kind: 'createLead',
      draft: {
        values: { email: 'a@b.com', importance: 'IMPORTANCE3', priority: 3, first_name: 'John', name: 'John Doe' },
        phone: { sent: '99123456' },
        references: { type_id: idOf(1) },
        source: { make: 'Home page' },
      },
      fieldRules: ['accounts_receivable_of_customer'],
      origin: { email: 'contact_email', priority: 'priority', type_id: 'type_identifier', source_id: 'source' },
    });
  });

  it.each([
    [{ type_identifier: { id: hexOf(1) } }],
    [{ type_identifier: { id: idOf(1) } }],
    [{ type_identifier: { alternative_code: 's', name: null } }],
    [{ type_identifier: 'name=Sales' }],
    [{ type_identifier: undefined, lead_type_identifier: { name: ' SALES ' } }],
    [{ priority: 3, importance: 'importance3' }],
    [{ contact_information: undefined, contact: john.contact_information }],
    [{ source: undefined, lead_source: john.source }],
  ])('accepts other spellings: %j', (over) => {
    expect(accepted('leads-create', wire({ ...john, ...over }))).toMatchObject({
      draft: { references: { type_id: idOf(1) }, values: { priority: 3, first_name: 'John' } },
    });
  });

  it.each([
    [{ id: hexOf(99) }, { by: 'id', id: idOf(99) }],
    [{ id_number: ' ab 12 ' }, { by: 'id_number', value: 'AB12' }],
    [
      { vat_registration_number: 10, type: 'COMPANY' },
      { by: 'vat_registration_number', value: '10' },
    ],
    ['passport_number=K1', { by: 'passport_number', value: 'K1' }],
  ])('refers to a known contact by %j', (contact_information, ref) => {
    const command = accepted('leads-create', wire({ ...john, contact_information }));
    expect(command).toMatchObject({ contact: { ref, at: 'contact_information' } });
  });

  it('uses the numbers of a new contact as keys, and its first email and phone if the lead has none', () => {
    const contact_information = {
      type: 'PERSON',
      first_name: 'Ann',
      demographics: { id_number: 'x 1', gender: 'FEMALE', date_of_birth: { day: 1, month: '2', year: 1980 } },
      phone_set: [
        { type: 'LANDLINE', number: '' },
        { type: 'MOBILE', number: '99000000', country_identifier: { two_character_code: 'CY' } },
      ],
      email_set: [{ type: 'PERSONAL', email_address: 'ann@example.com' }],
      address_set: [
        { street_name: 'Oak', street_number: 5, town_city: 'Limassol', country_identifier: { name: 'Cyprus' } },
      ],
    };
    const over = { contact_information, contact_email: undefined, contact_phone: undefined };
    expect(
      accepted('leads-create', wire({ ...john, ...over, accounts_receivable_identifier: { number: 'acr1' } })),
    ).toMatchObject({
      draft: {
        values: {
          email: 'ann@example.com',
          gender: 'FEMALE',
          date_of_birth: '1980-02-01',
          address: 'Oak 5',
          city: 'Limassol',
          country: 'Cyprus',
        },
        phone: { sent: '99000000', callingCode: '357' },
        contact_keys: [
          { kind: 'accounts_receivable', value: 'ACR1' },
          { kind: 'id_number', value: 'X1' },
        ],
        dialect_fields: { accounts_receivable_key: 'ACR1' },
      },
    });
  });

  it('assigns the lead to the named owner, or else to the assignee', () => {
    const owner = { lead_owner: { username: 'Anna' } };
    const assigned = { assigned_to: { user_identifier: { username: 'ben' }, unit_identifier: { name: 'Sales' } } };
    const ownerOf = (over: object) => accepted('leads-create', wire({ ...john, ...over }));
    expect(ownerOf(owner)).toMatchObject({ draft: { references: { owner_id: idOf(41) } } });
    expect(ownerOf(assigned)).toMatchObject({ draft: { references: { owner_id: idOf(42), department_id: idOf(31) } } });
    expect(ownerOf({ assigned_to: { username: 'ben' } })).toMatchObject({
      draft: { references: { owner_id: idOf(42) } },
    });
    expect(ownerOf({ ...owner, ...assigned })).toMatchObject({ draft: { references: { owner_id: idOf(41) } } });
    expect(ownerOf({ assigned_to: { unit_identifier: { name: 'Moon base' } } })).toMatchObject({
      warnings: [{ code: 'unknown_department', at: 'assigned_to.unit_identifier', value: 'Moon base' }],
    });
  });
});

it('the example is a create call with the token in its body', () => {
  const text = crmcom.example('http://localhost:4000', 'lw_x');
  expect(text).toContain("'http://localhost:4000/crmapi/rest/v2/leads/create'");
  const body: unknown = JSON.parse(/-d '(.*)'$/s.exec(text)?.[1] ?? '');
  expect(crmcom.credentials(wire(body))[0]).toBe('lw_x');
  expect(accepted('leads-create', wire(body))).toMatchObject({ kind: 'createLead' });
});

import { describe, expect, it } from 'vitest';
import { created, fresh, put, show, update } from '../../../test/dialects/crmcom-leads.ts';
import { hexOf, john } from './sample.ts';

describe('what was sent comes back', () => {
  it('in a lead with only the mandatory fields', () => {
    const contact = { first_name: 'John', middle_name: null, last_name: 'Doe', company_name: null };
    expect(show(created())).toMatchObject({
      id: hexOf(900),
      number: '19',
      contact_email: 'a@b.com',
      contact_phone: '99123456',
      importance: 'IMPORTANCE3',
      priority: '3',
      description: null,
      target_amount: null,
      type: { id: hexOf(1), name: 'Sales', description: null, alternative_code: 'S' },
      status: { life_cycle_state: 'PENDING', name: 'New' },
      lost_reason: null,
      lead_owner: null,
      udf_string_1: null,
      start_date: '2026-05-05',
      estimated_completion_time: null,
      contact_information: {
        id: hexOf(900),
        type: 'PERSON',
        life_cycle_state: 'MARKETING',
        name: 'John Doe',
        ...contact,
      },
      source: { type: 'WEBSITE', name: 'Home page' },
      assigned_to: null,
      services_set: [],
      subscription_package: null,
      created_date: '2026-05-04T22:30:00.000Z',
    });
  });

  it('always with every key, in the same order', () => {
    const bare = Object.keys(show(fresh()));
    expect(Object.keys(show(created()))).toEqual(bare);
    expect(bare.slice(0, 4)).toEqual(['id', 'number', 'contact_email', 'contact_phone']);
    expect(bare).toHaveLength(48);
  });

  it.each([
    ['probability_to_win', '55', 55],
    ['target_amount', 1234.567, 1234.567],
    ['target_amount', '-0', 0],
    ['description', '<script>{{7*7}}</script>', '<script>{{7*7}}</script>'],
    ['description', "null'; DROP", "null'; DROP"],
    ['description', 'a\u0000b', 'ab'],
    ['importance', 'CUSTOM3', 'CUSTOM3'],
    ['priority', 6, '6'],
    ['udf_string_8', 'x', 'x'],
    ['udf_string_1', 5, '5'],
    ['udf_float_4', '1.5', 1.5],
    ['udf_date_1', '2026-01-31T10:00:00', '2026-01-31T10:00:00'],
    ['start_date', '2026-01-31T10:00:00', '2026-01-31T10:00:00'],
    ['expected_completion_date', '2026-12-31', '2026-12-31'],
    ['udf_string_9', 'kept', 'kept'],
    ['some_other_field', { a: [1, { b: null }] }, { a: [1, { b: null }] }],
    ['__proto__x', 'kept', 'kept'],
    ['accounts_receivable_identifier', { number: 'ACR1' }, undefined],
  ])('%s %j', (name, sent, back) => {
    const shown = show(created({ [name]: sent }));
    if (back !== undefined) expect(shown[name]).toEqual(back);
    else
      expect(shown).toMatchObject({
        accounts_receivable: { number: 'ACR1' },
        contact_information: { life_cycle_state: 'FINANCIAL' },
      });
  });

  it('in fields named like special JavaScript properties or like internal fields', () => {
    const body = JSON.parse(
      JSON.stringify(john).replace('{', '{"__proto__":{"x":1},"constructor":"c","id":"mine","_as":{"source_id":"y"},'),
    ) as object;
    const shown = show(put(fresh(), 'leads-create', body));
    expect(Object.getOwnPropertyDescriptor(shown, '__proto__')?.value).toEqual({ x: 1 });
    expect(shown).toMatchObject({ constructor: 'c', id: hexOf(900), _as: { source_id: 'y' } });
    expect(Object.getPrototypeOf(shown)).toBe(Object.prototype);
  });

  it('in identifiers, completed with what the workspace knows about them', () => {
    const shown = show(
      created({
        status_identifier: { alternative_code: 'L' },
        lost_reason_identifier: { name: 'price' },
        category_identifier: { alternative_code: 'res' },
        owned_by_group_identifier: { name: 'Back office' },
        privacy_level_identifier: { id: hexOf(54) },
        lead_owner: { username: 'anna' },
      }),
    );
    expect(shown).toMatchObject({
      status: { life_cycle_state: 'LOST' },
      lost_reason: { name: 'Price' },
      category: { name: 'Residential' },
      owned_by_group: { id: hexOf(53), name: 'Back office' },
      privacy_level: { name: 'Public' },
      lead_owner: { id: hexOf(41), username: 'anna', name: 'Anna A' },
      assigned_to: { user: { username: 'anna' }, unit: null },
    });
  });

  it('in sets, with each product looked up among its own kind', () => {
    const shown = show(
      created({
        lead_competitors_set: [{ name: 'Other provider' }, { competitor_identifier: { number: 7 }, note: 'strong' }],
        users_set: { user_identifier: { username: 'ben' } },
        products_set: [{ product_identifier: { code: 'B1' }, quantity: 2 }],
        lead_services: [
          { product_identifier: { name: 'Basic' } },
          { product_type_identifier: { alternative_code: 'SP' } },
        ],
        physical_goods_set: [{ product_identifier: { alternative_code: 'ROUTER' }, action: 'ADD' }],
        subscription_package: {
          product_identifier: { code: 'HOME' },
          services_set: [{ product_identifier: { name: 'Basic' } }],
          price: 9,
        },
      }),
    );
    expect(shown).toMatchObject({
      competitors_set: [{ id: hexOf(55), competitor: { name: 'Other provider' } }, { note: 'strong' }],
      users_set: [{ user: { id: hexOf(42), username: 'ben', name: 'Ben B' }, id: hexOf(42) }],
      products_set: [
        {
          product: { id: hexOf(61), name: 'Basic', alternative_code: 'BASIC', code: 'B1' },
          product_type: null,
          quantity: 2,
        },
      ],
      services_set: [
        { product: { id: hexOf(63), name: 'Basic' }, product_type: null, id: hexOf(63) },
        { product: null, product_type: { name: 'Services', alternative_code: 'SP' }, id: hexOf(62) },
      ],
      physical_goods_set: [{ product: { name: 'Router' } }],
      subscription_package: { id: hexOf(65), name: 'Home', services_set: [{ product: { id: hexOf(63) } }], price: 9 },
    });
  });

  it('in a contact, including fields that no other dialect knows', () => {
    const contact_information = {
      type: 'COMPANY',
      company_name: 'Acme Ltd',
      notes: 'big',
      email_set: [{ type: 'BUSINESS', email_address: 'x@acme.com' }],
      company_profile: { vat_registration_number: 'V1' },
      owned_by_group_identifier: { name: 'unknown here' },
    };
    const shown = show(created({ contact_information, contact_email: null }));
    expect(shown).toMatchObject({
      contact_email: 'x@acme.com',
      contact_information: {
        ...contact_information,
        name: 'Acme Ltd',
        emails_set: contact_information.email_set,
        phones_set: [],
        addresses_set: [],
        demographics: null,
      },
    });
  });

  it('in assignments and sources of every kind', () => {
    const assigned_to = { user_identifier: { username: 'ben' }, unit_identifier: { name: 'Moon base' } };
    const source = { type: 'RECOMMENDED_BY_EMPLOYEE', source_recommended_by_employee_identifier: { username: 'anna' } };
    expect(show(created({ assigned_to, source }))).toMatchObject({
      lead_owner: { username: 'ben' },
      assigned_to: { user: { username: 'ben' }, unit_identifier: { name: 'Moon base' } },
      source: { type: 'RECOMMENDED_BY_EMPLOYEE', name: null, source_recommended_by_employee: { username: 'anna' } },
    });
  });

  it('limited to the fields in fields_set, even under the names used when sending', () => {
    expect(show(created(), [['fields_set', ' number, id ,lead_source']])).toEqual({
      number: '19',
      id: hexOf(900),
      lead_source: { type: 'WEBSITE', name: 'Home page' },
    });
  });
});

describe('completion', () => {
  const period = (time_period_value: number, time_period_uot: string) => ({ time_period_value, time_period_uot });

  it.each([
    [90, 'MINUTES', '2026-01-31'],
    [36, 'HOURS', '2026-02-01'],
    [10, 'DAYS', '2026-02-10'],
    [2, 'WEEKS', '2026-02-14'],
    [1, 'MONTHS', '2026-02-28'],
    [13, 'MONTHS', '2027-02-28'],
    [1, 'YEARS', '2027-01-31'],
  ])('is expected %i %s after the start', (value, unit, expected) => {
    const lead = created({ start_date: '2026-01-31', estimated_completion_time: period(value, unit) });
    expect(lead.expected_completion_date).toBe(expected);
    expect(show(lead)).toMatchObject({
      expected_completion_date: expected,
      estimated_completion_time: period(value, unit),
    });
  });

  it('is counted from today if there is no start date', () => {
    const lead = created({ estimated_completion_time: period(1, 'WEEKS') });
    expect(show(lead)).toMatchObject({ start_date: '2026-05-05', expected_completion_date: '2026-05-12' });
    expect(show(lead)['estimated_completion_time']).toEqual(period(1, 'WEEKS'));
  });

  it('is estimated in days from the dates', () => {
    const dates = { start_date: '2026-01-01', expected_completion_date: '2026-01-31' };
    expect(show(created(dates))['estimated_completion_time']).toEqual(period(30, 'DAYS'));
    expect(show(created({ ...dates, expected_completion_date: '2025-12-31' }))['estimated_completion_time']).toBeNull();
  });

  it('keeps both the date and the estimate as sent until one of them changes', () => {
    const sent = {
      start_date: '2026-01-01',
      expected_completion_date: '2026-01-31',
      estimated_completion_time: period(4, 'WEEKS'),
    };
    const lead = created(sent);
    expect(show(lead)).toMatchObject(sent);
    lead.expected_completion_date = '2026-01-11';
    expect(show(lead)['estimated_completion_time']).toEqual(period(10, 'DAYS'));
    expect(show(update(created(sent), { expected_completion_date: null }))).toMatchObject({
      expected_completion_date: null,
      estimated_completion_time: null,
    });
  });
});

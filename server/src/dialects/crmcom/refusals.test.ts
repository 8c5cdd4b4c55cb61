import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../test/rows-of.ts';
import { problemExamples } from '../../platform/problem.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import { crmcom } from './index.ts';
import { contents, endpoint, hexOf, john, messageOf, wire, withReferenceData, workspace } from './sample.ts';

const { refused } = withReferenceData(makeReferenceData(workspace, contents));
const create = (over: object) => refused('leads-create', wire({ ...john, ...over }));

describe('a refusal', () => {
  it.each(Object.values(problemExamples))('of $kind has the envelope, an exception code and a message', (problem) => {
    for (const { refuse = crmcom.refuse } of crmcom.endpoints) {
      const { body } = refuse(problem);
      expect(body).toEqual({
        status: {
          code: expect.stringMatching(/^COM\.CRM\.EXCEPTION\.(AUTHENTICATION|LEADS|REST)\.[A-Z]+EXCEPTION$/),
          message: expect.stringMatching(/\S.*\.$/),
          description: expect.stringMatching(/\S/),
        },
        data: null,
      });
      expect(Object.keys((body as { status: object }).status)).toEqual(['code', 'message', 'description']);
    }
  });

  it('has HTTP status 200 unless the client could mistake it for an answer', () => {
    const statuses = Object.values(problemExamples).map((problem) => [problem.kind, crmcom.refuse(problem).status]);
    expect(Object.fromEntries(statuses.filter(([, status]) => status !== 200))).toEqual({
      not_found: 404,
      rate_limited: 429,
      unavailable: 503,
      internal: 500,
    });
    expect(crmcom.refuse({ kind: 'not_found', what: 'lead' }).status).toBe(200);
  });

  it('of a call without a token names the token', () => {
    expect(messageOf(crmcom.refuse({ kind: 'unauthenticated', reason: 'missing' }))).toContain('token');
    expect(
      messageOf(
        endpoint('authentication-web-api-key-token').refuse?.({ kind: 'unauthenticated', reason: 'missing' }) ??
          crmcom.refuse({ kind: 'internal' }),
      ),
    ).toContain('web API key');
  });
});

describe('create names the field that', () => {
  it.each(['importance', 'priority', 'type_identifier', 'contact_information', 'source'])('is missing: %s', (name) => {
    for (const value of [undefined, null, ''])
      expect(messageOf(create({ [name]: value }))).toBe(`${name} is mandatory.`);
  });

  it('is missing, or all of them at once', () => {
    const names = ['importance', 'priority', 'type_identifier', 'contact_information', 'source'];
    const said = messageOf(refused('leads-create', wire({ token: 'T' })));
    expect(names.filter((name) => said.includes(`${name} is mandatory.`))).toEqual(names);
  });

  it.each([
    ['importance', 'HIGH'],
    ['importance', 3],
    ['importance', { id: 1 }],
    ['priority', 7],
    ['priority', '0'],
    ['priority', 3.5],
    ['priority', 'high'],
    ['probability_to_win', 101],
    ['probability_to_win', 100.0001],
    ['probability_to_win', -1],
    ['probability_to_win', 'NaN'],
    ['probability_to_win', '1e400'],
    ['target_amount', '1,234.50'],
    ['target_amount', 1e15],
    ['description', ['a']],
    ['description', 'x'.repeat(10_001)],
    ['start_date', '2026-02-30'],
    ['start_date', 'today'],
    ['expected_completion_date', 'infinity'],
    ['expected_completion_date', 20260101],
    ['udf_float_1', 'abc'],
    ['udf_date_4', 'x'],
    ['udf_string_8', { a: 1 }],
    ['estimated_completion_time', 10],
    ['contact_information', 'John'],
    ['contact_information', []],
    ['source', 'WEBSITE'],
    ['assigned_to', 5],
    ['lead_owner', { username: 'nobody' }],
    ['category_identifier', { name: 'None' }],
    ['owned_by_group_identifier', { id: hexOf(51) }],
    ['privacy_level_identifier', { alternative_code: 'none' }],
    ['fields_set', 5],
  ])('is wrong: %s %j', (name, value) => {
    expect(messageOf(create({ [name]: value }))).toMatch(new RegExp(`^${name} `));
  });

  it.each([
    [{ type_identifier: {} }, 'type_identifier must specify exactly one of id, name, alternative_code.'],
    [{ type_identifier: { id: hexOf(1), name: 'Sales' } }, 'type_identifier must specify exactly one of'],
    [{ type_identifier: { id: null, name: '' } }, 'type_identifier must specify exactly one of'],
    [{ type_identifier: { title: 'Sales' } }, 'type_identifier must specify exactly one of'],
    [{ type_identifier: { name: ['Sales'] } }, 'type_identifier must specify exactly one of'],
    [{ type_identifier: ['Sales'] }, 'type_identifier must be an object.'],
    [{ type_identifier: { name: 'Selling' } }, 'type_identifier does not identify anything known.'],
    [{ type_identifier: { id: 'x' } }, 'type_identifier does not identify anything known.'],
    [{ lead_owner: { name: 'Anna A' } }, 'lead_owner must specify exactly one of id, username.'],
    [{ accounts_receivable_identifier: {} }, 'accounts_receivable_identifier must specify exactly one of number, id.'],
  ])('is not a valid identifier: %j', (over, message) => {
    expect(messageOf(create(over))).toContain(message);
  });

  it('is needed by a lead type that sends messages to its contact', () => {
    const over = { type_identifier: { name: 'Welcome' }, contact_email: undefined, contact_phone: null };
    expect(messageOf(create(over))).toBe('contact_email is mandatory. contact_phone is mandatory.');
  });

  it.each([
    [{ status_identifier: { name: 'Lost' } }, 'lost_reason_identifier is mandatory.'],
    [{ type_identifier: { name: 'Write-off' } }, 'lost_reason_identifier is mandatory.'],
    [{ lost_reason_identifier: { name: 'Price' } }, 'lost_reason_identifier is not applicable here.'],
    [{ status_identifier: { name: 'Gone' } }, 'status_identifier does not identify anything known.'],
  ])('is required by a lost status and refused with any other: %j', (over, message) => {
    expect(messageOf(create(over))).toBe(message);
  });

  it.each([
    [{}, 'source.type is mandatory.'],
    [{ type: 'SHOP' }, 'source.type must be one of ADVERTISEMENT'],
    [{ type: 'WEBSITE' }, 'source.name is mandatory.'],
    [{ type: 'CUSTOM3', name: '  ' }, 'source.name is mandatory.'],
    [{ type: 'RECOMMENDED_BY_EMPLOYEE' }, 'source.source_recommended_by_employee_identifier is mandatory.'],
    [
      { type: 'RECOMMENDED_BY_EMPLOYEE', source_recommended_by_employee_identifier: { username: 'eve' } },
      'source.source_recommended_by_employee_identifier does not identify anything known.',
    ],
    [
      { type: 'WEBSITE', name: 'x', source_notifications_identifier: { number: '51' } },
      'source.source_notifications_identifier is not applicable here.',
    ],
  ])('is wrong in a source: %j', (source, message) => {
    expect(messageOf(create({ source }))).toContain(message);
  });

  it.each([
    [{ type: 'ROBOT', first_name: 'R' }, 'contact_information.type must be one of PERSON, COMPANY.'],
    [{ type: 'PERSON', last_name: 'Doe' }, 'contact_information.first_name is mandatory.'],
    [{ type: 'COMPANY', first_name: 'John' }, 'contact_information.company_name is mandatory.'],
    [{}, 'contact_information.first_name is mandatory.'],
    [{ first_name: ['J'] }, 'contact_information.first_name must be a text.'],
    [{ id: 'ABC' }, 'contact_information does not identify anything known.'],
  ])('is wrong in a contact: %j', (contact_information, message) => {
    expect(messageOf(create({ contact_information }))).toContain(message);
  });

  it.each([
    [{ products_set: [{}] }, 'products_set.product_identifier is mandatory.'],
    [{ products_set: ['BASIC'] }, 'products_set must be an object.'],
    [{ products_set: [{ product_identifier: { code: 'none' } }] }, 'products_set.product_identifier does not identify'],
    [{ services_set: [{ product_type_identifier: { id: 'x' } }] }, 'services_set.product_type_identifier does not'],
    [{ lead_users_set: [{ user_identifier: { username: 'eve' } }] }, 'lead_users_set.user_identifier does not'],
    [{ competitors_set: { name: 'None' } }, 'competitors_set.competitor_identifier does not identify anything known.'],
    [
      { users_set: [{ action: 'REMOVE', user_identifier: { username: 'anna' } }] },
      'users_set.action must be one of ADD.',
    ],
    [
      { subscription_package: { product_identifier: { code: 'x' } } },
      'subscription_package.product_identifier does not',
    ],
    [{ assigned_to: { user_identifier: { username: 'eve' } } }, 'assigned_to.user_identifier does not identify'],
  ])('is wrong in an entry of a set: %j', (over, message) => {
    expect(messageOf(create(over))).toContain(message);
  });

  it.each([
    [{ time_period_uot: 'DAYS' }, 'estimated_completion_time.time_period_value is mandatory.'],
    [{ time_period_value: 1 }, 'estimated_completion_time.time_period_uot is mandatory.'],
    [{ time_period_value: 1, time_period_uot: 'MOONS' }, 'estimated_completion_time.time_period_uot must be one of'],
    [{ time_period_value: -1, time_period_uot: 'DAYS' }, 'estimated_completion_time.time_period_value must be from 0'],
    [{ time_period_value: 1.5, time_period_uot: 'MONTHS' }, 'time_period_value must be a whole number.'],
    [{ time_period_value: 900, time_period_uot: 'YEARS' }, 'time_period_value must not be more than allowed.'],
  ])('is wrong in a period: %j', (estimated_completion_time, message) => {
    expect(messageOf(create({ estimated_completion_time }))).toContain(message);
  });

  it.each(['token', 'password_hash', '__proto__', 'dialect_fields', 'id number'])('is never shown: %s', (name) => {
    const { body } = create({ fields_set: `id,${name}` });
    expect(body).toMatchObject({ status: { code: 'COM.CRM.EXCEPTION.LEADS.UNKNOWNFIELDEXCEPTION' } });
    expect(messageOf({ status: 200, body })).toBe(`fields_set ${name} is not a field that can be asked for.`);
  });
});

describe('other calls', () => {
  it.each([
    ...rowsOf(`
      leads-show | | lead_identifier is mandatory.
      leads-show | lead_identifier=19 | lead_identifier must specify exactly one of id, number.
      leads-show | lead_identifier=number= | lead_identifier must specify exactly one of id, number.
      leads-show | lead_identifier=name=19 | lead_identifier must specify exactly one of id, number.
      leads-show | lead_identifier=number=x | lead_identifier does not identify anything known.
      leads-show | lead_identifier=number=${'9'.repeat(30)} | lead_identifier does not identify anything known.
      leads-show | lead_identifier=id=1 | lead_identifier does not identify anything known.
      leads-list | number_of_results=0 | number_of_results must be from 1 to 1000.
      leads-list | limit=20abc | limit must be a number.
      leads-list | offset=-1 | offset must be from 0 to 1000000000.
      leads-list | importance=HIGH | importance must be one of IMPORTANCE1
      leads-list | type_identifier=name=None | type_identifier does not identify anything known.
      leads-configuration-statuses-list | | lead_type_identifier is mandatory.
      leads-configuration-types-list | fields_set=status | fields_set status is not a field
    `),
    [
      'leads-configuration-statuses-list',
      'lead_type_identifier=name=Sales&life_cycle_state=OPEN',
      'life_cycle_state must be one of PENDING, IN PROGRESS, WON, LOST, CANCELLED.',
    ],
  ])('%s?%s is refused', (name, query, message) => {
    expect(messageOf(refused(name, wire(undefined, { query: [...new URLSearchParams(query)] })))).toContain(message);
  });

  it.each([
    ['leads-update', { lead_identifier: { number: 19, id: hexOf(1) } }, 'lead_identifier must specify exactly one of'],
    ['leads-update', { description: 'x' }, 'lead_identifier is mandatory.'],
    ['leads-update', { importance: null }, 'importance is mandatory.'],
    ['leads-update', { source: null }, 'source is mandatory.'],
    ['leads-update', { status_identifier: null }, 'status_identifier is mandatory.'],
    ['leads-update', { contact_information: null }, 'contact_information is mandatory.'],
    ['leads-update', { status_identifier: { name: 'Lost' } }, 'lost_reason_identifier is mandatory.'],
    ['leads-update', { lost_reason_identifier: { name: 'Price' } }, 'lost_reason_identifier is not applicable here.'],
    [
      'leads-update',
      { users_set: [{ action: 'DROP', id: hexOf(41) }] },
      'users_set.action must be one of ADD, REMOVE.',
    ],
    ['leads-lost', { lead_identifier: { number: '19' } }, 'lost_reason_identifier is mandatory.'],
    ['leads-lost', { status_identifier: { name: 'New' } }, 'status_identifier is not applicable here.'],
    ['authentication-token', {}, 'username is mandatory. password is mandatory. organisation is mandatory.'],
    ['authentication-token', { username: 'u', password: ['p'], organisation: 'o' }, 'password must be a text.'],
    ['authentication-token', [], 'The request could not be read as JSON.'],
  ])('%s with %j is refused', (name, body, message) => {
    expect(messageOf(refused(name, wire(body)))).toContain(message);
  });
});

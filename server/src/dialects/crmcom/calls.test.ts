import { describe, expect, it } from 'vitest';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import { contents, endpoint, hexOf, idOf, wire, withReferenceData, workspace } from './sample.ts';

const referenceData = makeReferenceData(workspace, contents);
const { accepted, context } = withReferenceData(referenceData);
const get = (query: string) => wire(undefined, { query: [...new URLSearchParams(query)] });

describe('other calls', () => {
  it.each([
    [get('lead_identifier=number=19'), { by: 'number', number: 19 }],
    [get('lead_identifier=number%3D19'), { by: 'number', number: 19 }],
    [get(`lead_identifier=id=${hexOf(7).toLowerCase()}`), { by: 'id', id: idOf(7) }],
    [get(`lead_identifier=${encodeURIComponent('{"number":"19"}')}`), { by: 'number', number: 19 }],
    [wire({ lead_identifier: { number: 19 } }), { by: 'number', number: 19 }],
    [wire({}, { query: [['lead_identifier', 'number=19']] }), { by: 'number', number: 19 }],
  ])('show finds the lead in every spelling of its identifier', (sent, lead) => {
    expect(accepted('leads-show', sent)).toEqual({ kind: 'showLead', lead });
  });

  it('list reads every filter', () => {
    const query = `type_identifier=name=Sales&category_identifier=alternative_code=RES&status_identifier=name=New&source_identifier=name=Fair&importance=CUSTOM1&priority=2&contact_information_identifier=id=${hexOf(9)}&number_of_results=5&offset=10`;
    expect(accepted('leads-list', get(query))).toEqual({
      kind: 'listLeads',
      filter: {
        type_id: idOf(1),
        status_id: idOf(11),
        category_id: idOf(51),
        importance: 'CUSTOM1',
        priority: 2,
        source_name: 'Fair',
        contact: { by: 'id', id: idOf(9) },
      },
      limit: 5,
      offset: 10,
    });
    expect(accepted('leads-list', get('token=T&importance='))).toEqual({
      kind: 'listLeads',
      filter: {},
      limit: 100,
      offset: 0,
    });
    expect(accepted('leads-list', get('accounts_receivable_identifier=number=acr1'))).toMatchObject({
      filter: { contact: { by: 'accounts_receivable', value: 'ACR1' } },
    });
  });

  it('update contains only what was sent, and clears what was null', () => {
    const command = accepted(
      'leads-update',
      wire({ lead_identifier: { number: '19' }, description: null, priority: 1 }),
    );
    expect(command).toEqual({
      kind: 'updateLead',
      lead: { by: 'number', number: 19 },
      draft: { values: { description: null, priority: 1 }, references: {}, dialect_fields: {} },
      origin: { description: 'description', priority: 'priority' },
      fieldRules: ['unclosed_lead'],
    });
  });

  it('update warns that it found no contact by the document number', () => {
    const body = { lead_identifier: { number: '19' }, contact_information: { id_number: 'K1' } };
    expect(accepted('leads-update', wire(body))).toMatchObject({
      warnings: [{ code: 'value_not_understood', value: 'K1' }],
    });
    const byId = { ...body, contact_information: { id: hexOf(9) } };
    expect(accepted('leads-update', wire(byId))).toMatchObject({ draft: { contact_id: idOf(9) } });
  });

  it.each(['leads-lost', 'leads-mark-as-lost'])('%s sets a lost status with its reason', (name) => {
    const body = { lead_identifier: { number: '19' }, lost_reason_identifier: { name: 'Price' } };
    expect(accepted(name, wire(body))).toMatchObject({
      kind: 'updateLead',
      draft: { status: { id: idOf(14) }, references: { lost_reason_id: idOf(52) } },
      fieldRules: ['unclosed_lead'],
    });
  });

  it('cancel sets a cancelled status', () => {
    const command = accepted('leads-cancel', wire({ lead_identifier: { number: '19' } }));
    expect(command).toMatchObject({ draft: { status: { id: idOf(15) } } });
  });
});

describe('the configuration', () => {
  const ask = (name: string, query: string, of: 'status' | 'type') => {
    const sent = get(query);
    const command = accepted(name, sent);
    const { body } = endpoint(name).answer(
      { kind: 'references', of, items: referenceData.all(of) },
      { ...context, wire: sent, command },
    );
    return (body as { data: unknown[] }).data;
  };

  it('lists the statuses of a type, with its default marked', () => {
    const statuses = ask('leads-configuration-statuses-list', 'lead_type_identifier=name=Write-off', 'status');
    expect(statuses).toHaveLength(5);
    expect(statuses[3]).toEqual({
      default: true,
      status: { life_cycle_state: 'LOST', id: hexOf(14), name: 'Lost', description: null, alternative_code: 'L' },
      id: hexOf(14),
    });
    expect(statuses.filter((one) => (one as { default: boolean }).default)).toHaveLength(1);
  });

  it('lists statuses of one state, with the fields asked for', () => {
    const query = 'lead_type_identifier=name=Sales&life_cycle_state=IN%20PROGRESS&fields_set=id,%20default';
    expect(ask('leads-configuration-statuses-list', query, 'status')).toEqual([{ id: hexOf(12), default: false }]);
  });

  it('lists the types', () => {
    const [sales] = ask('leads-configuration-types-list', 'group_identifier=name=x', 'type');
    expect(sales).toMatchObject({
      id: hexOf(1),
      name: 'Sales',
      alternative_code: 'S',
      description: null,
      udf_string_8: null,
    });
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newLead } from '../../leads/lead.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import { isProblem } from '../dialect.ts';
import { crmcom } from './index.ts';
import { contents, hexOf, idOf, john, wire, withReferenceData, workspace } from './sample.ts';
import { leadSets } from './sets/lead-sets.ts';
import { fieldRows, objectNames, referenceRows, rememberedRows, udfs } from './wire.ts';

const referenceData = makeReferenceData(workspace, contents);
const { context } = withReferenceData(referenceData);

const names = [
  ...[...fieldRows, ...referenceRows, ...rememberedRows, ...leadSets].flatMap((row) => row.names),
  ...Object.values(objectNames).flat(),
  ...[...udfs.text, ...udfs.number, ...udfs.date],
  ...[
    'fields_set',
    'lead_identifier',
    'lead_type_identifier',
    'life_cycle_state',
    'limit',
    'offset',
    'unit',
    '__proto__',
  ],
];
const innerNames = [
  'id',
  'name',
  'type',
  'action',
  'number',
  'username',
  'first_name',
  'demographics',
  'date_of_birth',
];
const keys = fc.constantFrom(
  ...innerNames,
  ...names,
  'emails_set',
  'phones_set',
  'addresses_set',
  'product_identifier',
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(
      null,
      true,
      '',
      ' ',
      0,
      -1,
      1e308,
      '3',
      'Sales',
      'WEBSITE',
      'PERSON',
      'REMOVE',
      '2026-01-01',
      hexOf(41),
    ),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map(Object.fromEntries),
  ),
}));

it('whatever the fields contain, every call is read or refused with a message, and leads can be shown', () => {
  const changes = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 5 });
  fc.assert(
    fc.property(changes, fc.boolean(), (pairs, isQuery) => {
      const body = Object.fromEntries([...Object.entries({ ...john, lead_identifier: { number: '19' } }), ...pairs]);
      const query = Object.entries(body).map(
        ([name, one]) => [name, typeof one === 'string' ? one : JSON.stringify(one)] as const,
      );
      const sent = isQuery ? wire(undefined, { query }) : wire(body);
      for (const { read, refuse = crmcom.refuse } of crmcom.endpoints) {
        const command = read(sent, context);
        if (isProblem(command))
          expect(refuse(command).body).toMatchObject({ status: { message: expect.stringMatching(/\S/) }, data: null });
        if (!isProblem(command) && (command.kind === 'createLead' || command.kind === 'updateLead')) {
          const lead = {
            ...newLead(idOf(900), 19, idOf(11), context.now),
            dialect_fields: { crmcom: { ...command.draft.dialect_fields } },
          };
          const show = crmcom.endpoints.find((one) => one.name === 'leads-show');
          expect(show?.answer({ kind: 'lead', did: 'shown', lead }, { ...context, wire: sent, command }).status).toBe(
            200,
          );
        }
      }
    }),
    { numRuns: 300 },
  );
});

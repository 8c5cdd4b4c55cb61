import type { ReactNode } from 'react';
import { nameField } from '../form/usual-fields.ts';
import { useItems } from './get-reference-items.ts';
import { kinds } from './kinds.ts';
import { optionsOf } from './options.ts';
import { ReferencePage } from './reference-page.tsx';

const meanings = [
  { value: 'done', label: 'Done: no further call' },
  { value: 'retry', label: 'Try again later' },
  { value: 'callback', label: 'Call back at an agreed time' },
  { value: 'do_not_call', label: 'Do not call again' },
];
const wordsOf = (meaning: unknown) => meanings.find(({ value }) => value === meaning)?.label ?? '';
const isRetry = ({ meaning }: Readonly<Record<string, unknown>>) => meaning === 'retry';

/** The settings page for call outcomes. */
export function CallOutcomesPage(): ReactNode {
  const statuses = useItems(kinds.statuses);
  const reasons = useItems(kinds.lostReasons);
  const statusOf = (id: unknown) => statuses.data?.find((status) => status.id === id)?.name;
  return (
    <ReferencePage
      kind={kinds.callOutcomes}
      intro="How calls end. Agents choose an outcome with the number keys, in this order."
      blank={{ meaning: 'done', reached: false }}
      facts={({ meaning, reached, retry_minutes, status_id, asks_next_step }) => (
        <>
          <span>{wordsOf(meaning)}</span>
          {statusOf(status_id) && <span>status {statusOf(status_id)}</span>}
          {asks_next_step === true && <span>asks for the next step</span>}
          {typeof retry_minutes === 'number' && <span>after {retry_minutes} min</span>}
          {reached === true && <span>reached</span>}
        </>
      )}
      fields={[
        nameField,
        { key: 'meaning', label: 'What happens next', kind: 'choice', options: meanings },
        { key: 'retry_minutes', label: 'Retry after (minutes)', kind: 'number', when: isRetry },
        { key: 'max_attempts', label: 'Maximum attempts', kind: 'number', when: isRetry },
        {
          key: 'status_id',
          label: 'New status of the lead',
          kind: 'choice',
          about: 'A lead that is already further along keeps its status.',
          options: optionsOf(statuses.data),
          clearable: true,
        },
        {
          key: 'lost_reason_id',
          label: 'Lost reason',
          kind: 'choice',
          about: 'If none is set, the agent chooses one.',
          options: optionsOf(reasons.data),
          clearable: true,
          when: ({ status_id }) => statuses.data?.find(({ id }) => id === status_id)?.['state'] === 'lost',
        },
        { key: 'asks_next_step', label: 'Ask for the next step', kind: 'switch' },
        { key: 'reached', label: 'Counts as reached', kind: 'switch' },
      ]}
    />
  );
}

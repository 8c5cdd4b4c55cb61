import type { ReactNode } from 'react';
import { Pill, toneOf } from '../../ui/pill.tsx';
import { ReferencePage } from './reference-page.tsx';

const states = [
  { value: 'new', label: 'New: nobody has worked on it' },
  { value: 'open', label: 'Open: being worked on' },
  { value: 'won', label: 'Won' },
  { value: 'lost', label: 'Lost: a reason is asked for' },
  { value: 'cancelled', label: 'Cancelled' },
];

/** The settings page for statuses. */
export function StatusesPage(): ReactNode {
  return (
    <ReferencePage
      title="Statuses"
      intro="The stages a lead passes through, in the order of the pipeline. Drag by the handle, or focus it and press Space and the arrow keys."
      kind={{ path: '/v1/statuses', word: 'status' }}
      isOrdered
      countsUses
      blank={{ state: 'open', colour: 'neutral' }}
      label={({ name, colour }) => <Pill tone={toneOf(colour as string)}>{name}</Pill>}
      facts={({ state, idle_days, is_default }) => (
        <>
          {is_default === true && <span>for new leads</span>}
          <span>{String(state)}</span>
          {typeof idle_days === 'number' && <span>late after {idle_days} d</span>}
        </>
      )}
      fields={[
        { key: 'name', label: 'Name', kind: 'text' },
        { key: 'state', label: 'Means', kind: 'choice', options: states },
        { key: 'colour', label: 'Colour', kind: 'colour' },
        {
          key: 'idle_days',
          label: 'Late after days without a next step',
          kind: 'number',
          when: ({ state }) => state === 'new' || state === 'open',
        },
        { key: 'description', label: 'Description', kind: 'text', wide: true },
        {
          key: 'alternative_code',
          label: 'Short code',
          kind: 'text',
          about: 'The name that some vendors’ clients use.',
        },
        { key: 'is_default', label: 'The status of new leads', kind: 'switch' },
      ]}
    />
  );
}

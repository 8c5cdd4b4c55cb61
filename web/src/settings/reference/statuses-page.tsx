import type { ReactNode } from 'react';
import { Pill, toneOf } from '../../ui/pill.tsx';
import { codeField, colourField, descriptionField, nameField } from '../form/usual-fields.ts';
import { kinds } from './kinds.ts';
import { ReferencePage } from './reference-page.tsx';

const states = [
  { value: 'new', label: 'New: not worked on yet' },
  { value: 'open', label: 'Open: being worked on' },
  { value: 'won', label: 'Won' },
  { value: 'lost', label: 'Lost: needs a reason' },
  { value: 'cancelled', label: 'Cancelled' },
];

/** The settings page for statuses. */
export function StatusesPage(): ReactNode {
  return (
    <ReferencePage
      kind={kinds.statuses}
      intro="The stages a lead passes through, in the order of the pipeline. To reorder them, drag a handle, or focus it and press Space and the arrow keys."
      blank={{ state: 'open', colour: 'neutral' }}
      label={({ name, colour }) => <Pill tone={toneOf(colour as string)}>{name}</Pill>}
      facts={({ state, idle_days, is_default }) => (
        <>
          {is_default === true && <span>default for new leads</span>}
          <span>{String(state)}</span>
          {typeof idle_days === 'number' && <span>idle after {idle_days} d</span>}
        </>
      )}
      fields={[
        nameField,
        { key: 'state', label: 'State', kind: 'choice', options: states },
        colourField,
        {
          key: 'idle_days',
          label: 'Days without a next step before a lead counts as idle',
          kind: 'number',
          when: ({ state }) => state === 'new' || state === 'open',
        },
        descriptionField,
        codeField,
        { key: 'is_default', label: 'Default for new leads', kind: 'switch' },
      ]}
    />
  );
}

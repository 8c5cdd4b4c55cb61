import { Button, Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type LeadField, useLeadFields } from '../../app/lead-fields.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { OpenConflict } from '../api/conflicts.ts';
import { type Choices, useChoices } from '../api/get-reference-data.ts';
import { changesQuery } from '../api/get-timeline.ts';
import type { ConflictingField } from '../api/lead-change.ts';
import { nameOf } from '../lead-name.ts';
import classes from './conflict-dialog.module.css';

/** Shows both values of each conflicting field and asks which to keep. */
export default function ConflictDialog({ conflict: { lead, fields, decide } }: { conflict: OpenConflict }) {
  const known = useLeadFields();
  return (
    // Only the buttons close it, since any other way would silently drop one of the values.
    <Modal
      opened
      onClose={() => {}}
      closeOnEscape={false}
      closeOnClickOutside={false}
      withCloseButton={false}
      title={`${nameOf(lead)} was changed while you were editing`}
    >
      {fields.map((field) => (
        <Values key={field.name} field={known.find(({ name }) => name === field.name)} values={field} />
      ))}
      <ChangedBy leadId={lead.id} version={lead.version} fields={fields} />
      <div className={classes.actions}>
        <Button onClick={() => decide('theirs')}>Keep theirs</Button>
        <Button variant="filled" onClick={() => decide('mine')}>
          Keep mine
        </Button>
      </div>
    </Modal>
  );
}

function Values({ field, values: { name, mine, theirs } }: { field: LeadField | undefined; values: ConflictingField }) {
  const choices = useChoices(field?.type === 'choice' ? (name as Choices) : undefined);
  const words = (value: ConflictingField['mine']) => {
    if (value === null || value === '') return 'empty';
    if (typeof value === 'boolean') return value ? 'Yes' : 'No';
    return choices.find(({ id }) => id === value)?.name ?? String(value);
  };
  return (
    <section aria-label={field?.label ?? name} className={classes.field}>
      <h3 className={classes.label}>{field?.label ?? name}</h3>
      <dl className={classes.values}>
        <dt>Yours</dt>
        <dd>{words(mine)}</dd>
        <dt>Theirs</dt>
        <dd>{words(theirs)}</dd>
      </dl>
    </section>
  );
}

interface ChangedByProps {
  leadId: string;
  version: number;
  fields: readonly ConflictingField[];
}

function ChangedBy({ leadId, version, fields }: ChangedByProps) {
  const names = new Set(fields.flatMap(({ name }) => [name, `${name}_id`]));
  const lines = useQuery(changesQuery(leadId, version)).data ?? [];
  const line = lines.find(({ changes }) => changes.some(({ field }) => names.has(field)));
  if (!line) return null;
  return (
    <p className="note">
      Changed by <strong>{line.actor}</strong>, <RelativeTime at={line.at} />
    </p>
  );
}

import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { useChoices } from '../api/get-reference-data.ts';
import { LeadInput } from '../lead/fields/lead-input.tsx';
import { KnownLeads } from './known-leads.tsx';
import classes from './new-lead.module.css';
import { useNewLead } from './use-new-lead.ts';

const fields = [
  ['name', 'Name', 'text'],
  ['phone', 'Phone', 'tel'],
  ['email', 'E-mail', 'email'],
  ['company_name', 'Company', 'text'],
] as const;
const choices = [
  ['source', 'Source'],
  ['type', 'Type'],
  ['department', 'Department'],
  ['owner', 'Owner'],
] as const;

/** A lead that somebody types in. The server decides what is missing and says so at the fields. */
export default function NewLead({ onClose }: { onClose: () => void }) {
  const { values, set, more, setMore, asked, problem, isUnplaced, errorAt, submit, isBusy } = useNewLead(onClose);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  return (
    <Modal opened onClose={onClose} title="New lead" size="lg">
      <form
        aria-label="New lead"
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className={classes.grid}>
          {fields.map(([name, label, type], place) => (
            <TextInput
              key={name}
              label={label}
              type={type}
              value={values[name]}
              onChange={set(name)}
              error={errorAt(name)}
              required={asked.always.has(name)}
              autoComplete="off"
              {...(place === 0 && { 'data-autofocus': true })}
            />
          ))}
          {choices.map(([name, label]) => (
            <Choice
              key={name}
              of={name}
              label={label}
              value={values[name]}
              onChange={set(name)}
              error={errorAt(name)}
              required={asked.always.has(name)}
            />
          ))}
          {asked.extra.map((field) => (
            <LeadInput
              key={field.name}
              field={field}
              value={more[field.name] ?? ''}
              onChange={(value) => setMore(field.name, value)}
              error={errorAt(field.name)}
              required
            />
          ))}
        </div>
        <Textarea
          label="Note"
          mt="xs"
          value={values.note}
          onChange={set('note')}
          error={errorAt('note')}
          autosize
          minRows={2}
          maxRows={8}
        />
        <KnownLeads phone={values.phone} email={values.email} onOpen={onClose} />
        {problem && isUnplaced && <ErrorBar problem={problem} what="Not created." kept="What you typed is kept." />}
        <Buttons busy={isBusy} onCancel={onClose} />
      </form>
    </Modal>
  );
}

function Buttons({ busy, onCancel }: { busy: boolean; onCancel: () => void }) {
  return (
    <div className={classes.actions}>
      <Button onClick={onCancel}>Cancel</Button>
      <Button type="submit" variant="filled" loading={busy}>
        Create lead
      </Button>
    </div>
  );
}

interface ChoiceProps {
  of: (typeof choices)[number][0];
  label: string;
  value: string;
  error: string | undefined;
  required: boolean;
  onChange: (event: { currentTarget: { value: string } }) => void;
}

function Choice({ of, label, ...field }: ChoiceProps) {
  const data = useChoices(of).map(({ id, name }) => ({ value: id, label: name }));
  return <NativeSelect size="xs" label={label} data={[{ value: '', label: '—' }, ...data]} {...field} />;
}

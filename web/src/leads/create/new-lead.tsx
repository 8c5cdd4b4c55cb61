import { Textarea } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { unlistedField, useLeadFields } from '../../app/lead-fields.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBar } from '../../ui/feedback/error-bar.tsx';
import { Form } from '../../ui/form/form.tsx';
import { FormButtons } from '../../ui/form/form-buttons.tsx';
import { LeadInput } from '../lead/fields/lead-input.tsx';
import { KnownLeads } from './known-leads.tsx';
import classes from './new-lead.module.css';
import { useNewLead } from './use-new-lead.ts';

/** The fields that the form always has, in this order. */
const names = ['name', 'phone', 'email', 'company_name', 'source', 'type', 'department', 'owner'] as const;

/** The dialog to create a lead. The server decides what is missing; its errors are shown beside the fields. */
export default function NewLead({ onClose }: { onClose: () => void }) {
  const { values, set, more, setMore, asked, problem, isUnplaced, errorAt, submit, isBusy } = useNewLead(onClose);
  const known = useLeadFields();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problem]);
  return (
    <Dialog onClose={onClose} title="New lead" size="lg">
      <Form aria-label="New lead" ref={form} onSubmit={() => submit()}>
        <div className={classes.grid}>
          {names.map((name, place) => (
            <LeadInput
              key={name}
              field={known.find((field) => field.name === name) ?? unlistedField(name)}
              value={values[name]}
              onChange={(value) => set(name, value)}
              error={errorAt(name)}
              required={asked.always.has(name)}
              autoFocus={place === 0}
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
          onChange={(event) => set('note', event.currentTarget.value)}
          error={errorAt('note')}
          autosize
          minRows={2}
          maxRows={8}
        />
        <KnownLeads phone={values.phone} email={values.email} onOpen={onClose} />
        {problem && isUnplaced && (
          <ErrorBar problem={problem} what="Could not create the lead." kept="Your text is kept." />
        )}
        <FormButtons className={classes.actions} action="Create lead" isBusy={isBusy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

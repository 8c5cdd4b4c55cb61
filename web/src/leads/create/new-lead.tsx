import { Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { toast } from '../../ui/toast.tsx';
import { useChoices } from '../book.ts';
import { refreshLead } from '../lead/lead-queries.ts';
import { nameOf } from '../lead/name-of.ts';
import { KnownLeads } from './known-leads.tsx';
import classes from './new-lead.module.css';

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

type Values = Record<(typeof fields)[number][0] | (typeof choices)[number][0] | 'note', string>;
const blank: Values = {
  name: '',
  phone: '',
  email: '',
  company_name: '',
  source: '',
  type: '',
  department: '',
  owner: '',
  note: '',
};

/** A lead that somebody types in. The server decides what is missing and says so at the fields. */
export default function NewLead({ onClose }: { onClose: () => void }) {
  const [values, setValues] = useState(blank);
  const [missing, setMissing] = useState(false);
  // One key for one lead: a second press, or a retry, makes no second one.
  const key = useRef(crypto.randomUUID());
  const client = useQueryClient();
  const navigate = useNavigate();
  const set = (name: keyof Values) => (event: { currentTarget: { value: string } }) => {
    setValues({ ...values, [name]: event.currentTarget.value });
    setMissing(false);
    key.current = crypto.randomUUID();
  };
  const creating = useMutation({
    mutationFn: () =>
      body(api.POST('/v1/leads', { body: said(values), params: { header: { 'Idempotency-Key': key.current } } })),
    onSuccess: (lead) => {
      refreshLead(client);
      toast.done(`Lead created: ${nameOf(lead)}`);
      onClose();
      void navigate(drawerOf(lead.id) as never);
    },
  });
  const problem = creating.error && asProblem(creating.error);
  const unplaced = problem && !problem.errors.some(({ field }) => field in values);
  const errorAt = (name: keyof Values) =>
    problem?.of(name) ?? (missing && name === 'phone' ? 'Give a phone or an e-mail.' : undefined);

  return (
    <Modal opened onClose={onClose} title="New lead" size="lg">
      <form
        aria-label="New lead"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (values.phone.trim() === '' && values.email.trim() === '') setMissing(true);
          else if (!creating.isPending) creating.mutate();
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
        {problem && unplaced && <ErrorBar problem={problem} what="Not created." kept="What you typed is kept." />}
        <Buttons busy={creating.isPending} onCancel={onClose} />
      </form>
    </Modal>
  );
}

/** The drawer of the new lead, beside the list or board that is there already; else beside the list. */
function drawerOf(lead: string) {
  const stay = /[/](leads|pipeline)$/.test(location.pathname);
  return { to: stay ? '.' : '/leads', search: (now: object) => ({ ...(stay && now), new: undefined, lead }) };
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
  onChange: (event: { currentTarget: { value: string } }) => void;
}

function Choice({ of, label, ...field }: ChoiceProps) {
  const data = useChoices(of).map(({ id, name }) => ({ value: id, label: name }));
  return <NativeSelect size="xs" label={label} data={[{ value: '', label: '—' }, ...data]} {...field} />;
}

function said(values: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
}

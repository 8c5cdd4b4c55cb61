import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { membersQuery } from '../../app/members.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { FormButtons } from '../../ui/form/form-buttons.tsx';
import type { Choice } from './get-members.ts';
import { InvitationLink } from './invitation-link.tsx';
import { MemberFields, type MemberValues } from './member-fields.tsx';
import classes from './members.module.css';

interface Props {
  departments: readonly Choice[];
  onClose: () => void;
}

/** Invites a new member and shows the link to pass on. */
export function InviteDialog({ departments, onClose }: Props) {
  return (
    <Dialog onClose={onClose} title="Invite a member" isFirm>
      <InviteForm departments={departments} onClose={onClose} />
    </Dialog>
  );
}

const nobody = { name: '', email: '' };
const texts = [
  { name: 'name', label: 'Name', maxLength: 200, 'data-autofocus': true },
  { name: 'email', label: 'Email', maxLength: 254, type: 'email' },
] as const;
const first: MemberValues = { role: 'agent', visibility: 'all', department_ids: [] };

function InviteForm({ departments, onClose }: Props) {
  const [who, setWho] = useState(nobody);
  const [values, setValues] = useState(first);
  const client = useQueryClient();
  const invite = useMutation({
    mutationFn: () => body(api.POST('/v1/members', { body: { ...who, ...values } })),
    onSuccess: () => client.invalidateQueries({ queryKey: membersQuery.queryKey }),
  });
  const problem = invite.error ? asProblem(invite.error) : undefined;
  if (invite.data?.invitation_url)
    return (
      <>
        <InvitationLink name={invite.data.name} url={invite.data.invitation_url} mailed={invite.data.mailed} />
        <div className={`${classes.buttons} ${classes.end}`}>
          <Button
            onClick={() => {
              invite.reset();
              setWho(nobody);
            }}
          >
            Invite another
          </Button>
          <Button variant="filled" onClick={onClose}>
            Done
          </Button>
        </div>
      </>
    );
  return (
    <Form className={classes.fields} onSubmit={() => invite.mutate()}>
      {problem && problem.errors.length === 0 && (
        <p role="alert" className="fault">
          {problem.message}
        </p>
      )}
      {texts.map(({ name, ...text }) => (
        <TextInput
          {...text}
          key={name}
          value={who[name]}
          onChange={(event) => setWho({ ...who, [name]: event.currentTarget.value })}
          error={problem?.of(name)}
          autoComplete="off"
          required
          withAsterisk={false}
        />
      ))}
      <MemberFields values={values} onChange={setValues} departments={departments} problem={problem} />
      <FormButtons
        className={`${classes.buttons} ${classes.end}`}
        action="Create link"
        isBusy={invite.isPending}
        onCancel={onClose}
      />
    </Form>
  );
}

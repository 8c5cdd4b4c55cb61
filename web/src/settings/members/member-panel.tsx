import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { type Member, membersQuery } from '../../app/members.ts';
import { useMay, useMe } from '../../app/session.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import { Form } from '../../ui/form/form.tsx';
import { FormButtons } from '../../ui/form/form-buttons.tsx';
import { Initials } from '../../ui/initials.tsx';
import { Pill } from '../../ui/pill.tsx';
import { SideDrawer } from '../../ui/side-drawer.tsx';
import type { Choice } from './get-members.ts';
import { MemberAccess } from './member-access.tsx';
import { MemberFields, type MemberValues } from './member-fields.tsx';
import classes from './members.module.css';

interface Props {
  member: Member;
  departments: readonly Choice[];
  onClose: () => void;
}

/** One member: permissions, sign-in and deactivation. */
export function MemberPanel({ member, departments, onClose }: Props) {
  const { member: me } = useMe();
  const mayOwners = useMay('change owners');
  const { role, visibility, department_ids } = member;
  const [values, setValues] = useState<MemberValues>({ role, visibility, department_ids });
  const fixed = role === 'owner' && !mayOwners ? 'Only owners can change owners.' : undefined;
  const save = useChange(member, 'Saved');
  const changed = changesOf({ role, visibility, department_ids }, values);
  return (
    <SideDrawer
      label={member.name}
      header={
        <>
          <Initials name={member.name} size={24} /> {member.name}
        </>
      }
      onClose={onClose}
    >
      <p className="muted">
        {member.email}
        {member.username !== member.email && ` · ${member.username}`}
      </p>
      {member.bounced && (
        <p role="note">
          <Pill tone="bad">Email refused</Pill> {member.bounced}
        </p>
      )}
      <Form className={classes.fields} onSubmit={() => save.mutate(changed)}>
        <MemberFields
          values={values}
          onChange={setValues}
          departments={departments}
          problem={save.error ? asProblem(save.error) : undefined}
          fixed={fixed}
        />
        <FormButtons
          className={classes.buttons}
          action="Save"
          isBusy={save.isPending}
          isDisabled={Object.keys(changed).length === 0}
        />
      </Form>
      {!fixed && <MemberAccess member={member} />}
      {!fixed && member.id !== me.id && <Activity member={member} />}
    </SideDrawer>
  );
}

function Activity({ member }: { member: Member }) {
  const { active } = member;
  const change = useChange(member, active ? `${member.name} is deactivated` : `${member.name} can sign in again`);
  return (
    <section className={classes.part}>
      <h2>{active ? 'Deactivate' : 'Reactivate'}</h2>
      <p className="muted">
        {active
          ? 'They are signed out immediately, can no longer sign in and get no new leads. Their past work is kept.'
          : 'They can sign in again with their previous password.'}
      </p>
      <div className={classes.buttons}>
        <Button loading={change.isPending} onClick={() => change.mutate({ active: !active })}>
          {active ? 'Deactivate' : 'Reactivate'}
        </Button>
      </div>
    </section>
  );
}

type Change = Partial<MemberValues> & { active?: boolean };

function useChange({ id }: Member, done: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => body(api.PATCH('/v1/members/{id}', { params: { path: { id } }, body: change })),
    onSuccess: () => toast.done(done),
    onError: (error) => toast.error(asProblem(error), 'Could not save the member.'),
    onSettled: () => client.invalidateQueries({ queryKey: membersQuery.queryKey.slice(0, 1) }),
  });
}

function changesOf(before: MemberValues, now: MemberValues): Partial<MemberValues> {
  return {
    ...(before.role !== now.role && { role: now.role }),
    ...(before.visibility !== now.visibility && { visibility: now.visibility }),
    ...(before.department_ids.join() !== now.department_ids.join() && { department_ids: now.department_ids }),
  };
}

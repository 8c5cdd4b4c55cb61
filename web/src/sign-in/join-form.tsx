import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, type Shape } from '../api/client.ts';
import type { Me } from '../api/me.ts';
import { asProblem } from '../api/problem.ts';
import { Form } from '../ui/form/form.tsx';
import { PasswordField } from '../ui/form/password-field.tsx';
import { CodeField } from './code-field.tsx';
import classes from './frame.module.css';
import { Frame, Wrong } from './frame.tsx';
import { NewPassword } from './new-password.tsx';

interface Props {
  secret: string;
  invitation: Shape<'InvitationView'>;
  me: Me;
  /** Shown below the card: the other way to accept. */
  foot: ReactNode;
}

/** Accepts an invitation with the account that the person is signed in to, after they confirm with their password. */
export function JoinForm({ secret, invitation, me, foot }: Props) {
  const { user, workspace } = me;
  const [password, setPassword] = useState('');
  const [chosen, setChosen] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(user.totp);
  const join = useMutation({
    mutationFn: () =>
      api.POST('/v1/invitations/{secret}/join', {
        params: { path: { secret } },
        body: { password, ...(user.managed && { new_password: chosen }), ...(code && { code }) },
      }),
    // A full reload drops all data of the other workspace.
    onSuccess: () => location.replace('/app/'),
  });
  const problem = join.error ? asProblem(join.error) : undefined;
  if (problem?.type === '/problems/code_needed' && !asked) setAsked(true);
  const wrongPassword = problem?.type === '/problems/wrong_password';
  const general = problem && !wrongPassword && !problem.of('new_password') && problem.type !== '/problems/code_needed';
  return (
    <Frame
      title={`You have been invited to ${invitation.workspace}`}
      text={
        <>
          You are signed in to {workspace.name} as <strong>{user.email}</strong>. Join with this account to switch
          between the two.
        </>
      }
      foot={foot}
    >
      <Form className={classes.form} onSubmit={() => join.mutate()}>
        {general && <Wrong>{problem.message}</Wrong>}
        <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
        <PasswordField
          label="Your current password"
          name="password"
          value={password}
          onChange={setPassword}
          error={wrongPassword ? problem.message : undefined}
        />
        {user.managed && (
          <>
            <p className={classes.text}>
              Choose a new password too. Until now, admins of {workspace.name} could reset it; from now on, only you
              can. You will be signed out everywhere else.
            </p>
            <NewPassword label="New password" value={chosen} onChange={setChosen} error={problem?.of('new_password')} />
          </>
        )}
        {asked && <CodeField value={code} onChange={setCode} />}
        <Button type="submit" variant="filled" loading={join.isPending || join.isSuccess}>
          Join {invitation.workspace}
        </Button>
      </Form>
    </Frame>
  );
}

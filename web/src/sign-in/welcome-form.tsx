import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, type Shape } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import { Form } from '../ui/form/form.tsx';
import { CodeField } from './code-field.tsx';
import classes from './frame.module.css';
import { Frame, Wrong } from './frame.tsx';
import { NewPassword } from './new-password.tsx';

type Invitation = Shape<'InvitationView'>;

interface Props {
  secret: string;
  invitation: Invitation;
  /** Shown below the card: the other way to accept. */
  foot?: ReactNode;
}

/** Accepts a one-time link: creates an account with a name and a password, or sets a new password. */
export function WelcomeForm({ secret, invitation, foot }: Props) {
  const { joined, first_run: firstRun } = invitation;
  const asksName = !joined;
  const [name, setName] = useState(firstRun ? '' : invitation.name);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asked, setAsked] = useState(false);
  const join = useMutation({
    mutationFn: () =>
      api.POST('/v1/invitations/{secret}', {
        params: { path: { secret } },
        body: { password, ...(asksName && { name }), ...(firstRun && { email }), ...(code && { code }) },
      }),
    onSuccess: () => location.replace(firstRun ? '/app/first-steps' : '/app/'),
  });
  const problem = join.error ? asProblem(join.error) : undefined;
  if (problem?.type === '/problems/code_needed' && !asked) setAsked(true);
  const submit = () => {
    join.mutate();
  };

  return (
    <Frame title={titleOf(invitation)} text={textOf(invitation)} foot={foot}>
      <Form className={classes.form} onSubmit={submit}>
        <Refusal problem={problem} />
        {/* For password managers: the account that the password belongs to. */}
        {!firstRun && <input type="hidden" name="username" autoComplete="username" value={invitation.email} readOnly />}
        {asked ? (
          <CodeField value={code} onChange={setCode} />
        ) : (
          <>
            {asksName && (
              <Field label="Your name" autoComplete="name" {...{ problem, field: 'name', value: name, set: setName }} />
            )}
            {firstRun && (
              <Field
                label="Your email"
                type="email"
                autoComplete="username"
                {...{ problem, field: 'email', value: email, set: setEmail }}
              />
            )}
            <NewPassword value={password} onChange={setPassword} error={problem?.of('password')} />
          </>
        )}
        <Button type="submit" variant="filled" loading={join.isPending || join.isSuccess}>
          {asked || firstRun ? 'Continue' : invitation.joined ? 'Set password' : `Join ${invitation.workspace}`}
        </Button>
      </Form>
    </Frame>
  );
}

function titleOf({ first_run, joined, workspace }: Invitation): string {
  if (first_run) return 'Welcome to Leadwell';
  return joined ? 'Choose a new password' : `Join ${workspace}`;
}

function textOf({ first_run, joined, email }: Invitation): string {
  if (first_run) return 'You are the owner of this server. Tell us who you are; it takes a minute.';
  if (joined) return `For ${email}. You will be signed out everywhere else.`;
  return `You were invited as ${email}. Your account will belong to this workspace.`;
}

function Refusal({ problem }: { problem: Problem | undefined }) {
  if (!problem || problem.type === '/problems/code_needed') return null;
  const shown = ['name', 'email', 'password'].some((field) => problem.of(field));
  return shown ? null : <Wrong>{problem.message}</Wrong>;
}

interface FieldProps {
  label: string;
  field: string;
  value: string;
  set: (value: string) => void;
  problem: Problem | undefined;
  autoComplete: string;
  type?: 'email';
}

function Field({ label, field, value, set, problem, ...rest }: FieldProps) {
  return (
    <TextInput
      {...rest}
      label={label}
      name={field}
      value={value}
      onChange={(event) => set(event.currentTarget.value)}
      error={problem?.of(field)}
      maxLength={200}
      required
      withAsterisk={false}
    />
  );
}

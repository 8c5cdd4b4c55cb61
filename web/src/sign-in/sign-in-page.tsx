import '@mantine/core/styles/PasswordInput.css';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { Form } from '../ui/form/form.tsx';
import { PasswordField } from '../ui/form/password-field.tsx';
import { CodeField } from './code-field.tsx';
import classes from './frame.module.css';
import { Frame, Wrong } from './frame.tsx';
import { LoginField } from './login-field.tsx';

const route = getRouteApi('/sign-in');

/** Signs in with email and password, and with a code if two-step sign-in is on. */
export function SignInPage(): ReactNode {
  const { next } = route.useSearch();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [workspace, setWorkspace] = useState<string>();
  const [code, setCode] = useState('');
  const signIn = useMutation({
    mutationFn: () =>
      api.POST('/v1/session', { body: { login, password, ...(workspace && { workspace }), ...(code && { code }) } }),
    // A full reload drops all data of whoever was signed in before.
    onSuccess: () => location.assign(addressOf(next)),
  });
  const problem = signIn.error && asProblem(signIn.error);
  const [asked, setAsked] = useState(false);
  if (problem?.type === '/problems/code_needed' && !asked) setAsked(true);
  const submit = () => {
    signIn.mutate();
  };
  const begin = () => {
    setAsked(false);
    setCode('');
    setPassword('');
    signIn.reset();
  };

  return (
    <Frame
      title={asked ? 'Two-step sign-in' : 'Sign in'}
      foot={
        asked ? (
          'Lost your phone? Each recovery code signs you in once.'
        ) : (
          <Link to="/forgot-password">Forgot your password?</Link>
        )
      }
    >
      <Form className={classes.form} onSubmit={submit}>
        {problem && problem.type !== '/problems/code_needed' && <Wrong>{problem.message}</Wrong>}
        {asked ? (
          <CodeField value={code} onChange={setCode} />
        ) : (
          <Credentials {...{ login, setLogin, password, setPassword, workspace, setWorkspace }} />
        )}
        <Button type="submit" variant="filled" loading={signIn.isPending || signIn.isSuccess}>
          {asked ? 'Continue' : 'Sign in'}
        </Button>
        {asked && (
          <button type="button" className={classes.link} onClick={begin}>
            Sign in as someone else
          </button>
        )}
      </Form>
    </Frame>
  );
}

interface CredentialProps {
  login: string;
  setLogin: (login: string) => void;
  password: string;
  setPassword: (password: string) => void;
  /** Undefined unless the person is asked for it. */
  workspace: string | undefined;
  setWorkspace: (workspace: string) => void;
}

function Credentials({ login, setLogin, password, setPassword, workspace, setWorkspace }: CredentialProps) {
  return (
    <>
      <LoginField
        label="Email or username"
        type="text"
        value={login}
        onChange={setLogin}
        autoCapitalize="none"
        spellCheck={false}
      />
      <PasswordField label="Password" name="password" value={password} onChange={setPassword} />
      {workspace === undefined ? (
        <button type="button" className={classes.link} onClick={() => setWorkspace('')}>
          Choose a workspace
        </button>
      ) : (
        <TextInput
          label="Workspace"
          description="Only needed if several people here use the same email or username."
          name="organization"
          value={workspace}
          onChange={(event) => setWorkspace(event.currentTarget.value)}
          autoComplete="organization"
          maxLength={200}
          autoFocus
        />
      )}
    </>
  );
}

/** The URL to continue to after sign-in; only URLs of this app are allowed. */
function addressOf(next: string | undefined): string {
  if (!next?.startsWith('/') || /^\/[/\\]/.test(next)) return '/app/';
  return next.startsWith('/app') ? next : `/app${next}`;
}

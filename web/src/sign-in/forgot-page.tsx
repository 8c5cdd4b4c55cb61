import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { Form } from '../ui/form/form.tsx';
import classes from './frame.module.css';
import { Frame, Wrong } from './frame.tsx';
import { LoginField } from './login-field.tsx';

/** Requests a link to choose a new password. The response does not reveal whether the account exists. */
export function ForgotPage(): ReactNode {
  const [email, setEmail] = useState('');
  const ask = useMutation({ mutationFn: () => api.POST('/v1/password-resets', { body: { email } }) });
  const foot = 'No email? An admin can give you a link, even if you use your account in several workspaces.';
  if (ask.isSuccess)
    return (
      <Frame title="Check your email" foot={foot}>
        <p role="status">If {email} has an account here, a link is on its way. It works once and expires in an hour.</p>
        <Link to="/sign-in" className={classes.link}>
          Back to sign-in
        </Link>
      </Frame>
    );
  return (
    <Frame title="Forgot your password?" foot={foot}>
      <Form className={classes.form} onSubmit={() => ask.mutate()}>
        {ask.error && <Wrong>{asProblem(ask.error).message}</Wrong>}
        <LoginField label="Email" type="email" value={email} onChange={setEmail} />
        <Button type="submit" variant="filled" loading={ask.isPending}>
          Send me a link
        </Button>
        <Link to="/sign-in" className={classes.link}>
          Back to sign-in
        </Link>
      </Form>
    </Frame>
  );
}

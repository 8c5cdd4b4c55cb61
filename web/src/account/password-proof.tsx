import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../api/problem.ts';
import { Form } from '../ui/form.tsx';
import classes from './account.module.css';

interface Props {
  action: string;
  onProve: (password: string) => Promise<void>;
  onCancel: () => void;
}

/** Asks for the password again before a security setting is changed. */
export function PasswordProof({ action, onProve, onCancel }: Props) {
  const [password, setPassword] = useState('');
  const prove = useMutation({ mutationFn: () => onProve(password) });
  return (
    <Form className={classes.form} onSubmit={() => prove.mutate()} onClose={onCancel}>
      <PasswordInput
        label="Your password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={prove.error && asProblem(prove.error).message}
        autoComplete="current-password"
        maxLength={1024}
        autoFocus
        required
        withAsterisk={false}
      />
      <div className="buttons">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="filled" loading={prove.isPending}>
          {action}
        </Button>
      </div>
    </Form>
  );
}

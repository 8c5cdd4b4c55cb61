import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../api/problem.ts';
import { Form } from '../ui/form/form.tsx';
import { FormButtons } from '../ui/form/form-buttons.tsx';
import { PasswordField } from '../ui/form/password-field.tsx';
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
      <PasswordField
        label="Your password"
        value={password}
        onChange={setPassword}
        error={prove.error && asProblem(prove.error).message}
        autoFocus
      />
      <FormButtons className="buttons" action={action} isBusy={prove.isPending} onCancel={onCancel} />
    </Form>
  );
}

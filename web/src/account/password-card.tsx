import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { Card } from '../ui/card.tsx';
import { toast } from '../ui/feedback/toast.tsx';
import { Form } from '../ui/form/form.tsx';
import { FormButtons } from '../ui/form/form-buttons.tsx';
import { PasswordField } from '../ui/form/password-field.tsx';
import classes from './account.module.css';

/** Changes the password, which ends all other sessions. */
export function PasswordCard() {
  const [old, setOld] = useState('');
  const [chosen, setChosen] = useState('');
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => api.POST('/v1/me/password', { body: { old_password: old, new_password: chosen } }),
    onSuccess: async () => {
      setOld('');
      setChosen('');
      toast.done('Password changed. You are signed out everywhere else.');
      await client.invalidateQueries({ queryKey: ['people', 'sessions'] });
    },
  });
  const problem = save.error ? asProblem(save.error) : undefined;
  const fault = problem?.of('new_password');
  return (
    <Card title="Password" text="8 characters or more. Changing it signs you out everywhere else.">
      <Form className={classes.form} onSubmit={() => save.mutate()}>
        <PasswordField
          label="Current password"
          value={old}
          onChange={setOld}
          error={fault ? undefined : problem?.message}
        />
        <PasswordField
          label="New password"
          autoComplete="new-password"
          value={chosen}
          onChange={setChosen}
          error={fault}
        />
        <FormButtons className="buttons" action="Change password" isBusy={save.isPending} />
      </Form>
    </Card>
  );
}

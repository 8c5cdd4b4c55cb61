import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import { Card } from '../ui/card.tsx';
import { toast } from '../ui/feedback/toast.tsx';
import { Form } from '../ui/form.tsx';
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
        <PasswordInput
          label="Current password"
          value={old}
          onChange={(event) => setOld(event.currentTarget.value)}
          error={fault ? undefined : problem?.message}
          autoComplete="current-password"
          maxLength={1024}
          required
          withAsterisk={false}
        />
        <PasswordInput
          label="New password"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
          error={fault}
          autoComplete="new-password"
          maxLength={1024}
          required
          withAsterisk={false}
        />
        <div className="buttons">
          <Button type="submit" variant="filled" loading={save.isPending}>
            Change password
          </Button>
        </div>
      </Form>
    </Card>
  );
}

import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../api/client.ts';
import { keys } from '../api/keys.ts';
import { asProblem } from '../api/problem.ts';
import { toast } from '../ui/feedback/toast.tsx';
import { Form } from '../ui/form/form.tsx';
import { FormButtons } from '../ui/form/form-buttons.tsx';
import classes from './account.module.css';

/** Edits the name that others see. */
export function NameCard({ name }: { name: string }) {
  const [text, setText] = useState(name);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => body(api.PATCH('/v1/me', { body: { name: text } })),
    onSuccess: async (me) => {
      setText(me.user.name);
      toast.done('Name saved');
      await client.invalidateQueries({ queryKey: [keys.me[0]] });
    },
  });
  return (
    <Form className={classes.form} onSubmit={() => save.mutate()}>
      <TextInput
        label="Name"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={save.error && asProblem(save.error).message}
        autoComplete="name"
        maxLength={200}
      />
      <FormButtons className="buttons" action="Save name" isBusy={save.isPending} isDisabled={text === name} />
    </Form>
  );
}

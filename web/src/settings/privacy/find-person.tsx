import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Card } from '../../ui/card.tsx';
import { Form } from '../../ui/form/form.tsx';
import { FormButtons } from '../../ui/form/form-buttons.tsx';
import classes from '../layout/settings.module.css';
import type { Who } from './erase-person.tsx';
import { PersonRecords } from './person-records.tsx';

const blank = { phone: '', email: '' };
const fields = [
  ['phone', 'Phone'],
  ['email', 'Email'],
] as const;

/** Finds the data stored about a person, by phone or email. */
export function FindPerson(): ReactNode {
  const [typed, setTyped] = useState(blank);
  const [phone, email] = [typed.phone.trim(), typed.email.trim()];
  const who: Who = { ...(phone && { phone }), ...(email && { email }) };
  const isBlank = Object.keys(who).length === 0;
  const find = useMutation({
    mutationFn: async (asked: Who) => ({ asked, records: await body(api.POST('/v1/person-records', { body: asked })) }),
  });
  const change = (next: typeof blank) => {
    find.reset();
    setTyped(next);
  };
  const problem = find.error ? asProblem(find.error) : undefined;
  return (
    <Card
      title="Find a person"
      text="Searches leads, stored requests and all other records, however the phone or email is written."
    >
      <Form
        className={classes.form}
        onSubmit={() => {
          if (!isBlank) find.mutate(who);
        }}
      >
        {fields.map(([field, label]) => (
          <TextInput
            key={field}
            label={label}
            value={typed[field]}
            onChange={(event) => change({ ...typed, [field]: event.currentTarget.value })}
            error={problem?.of(field)}
            autoComplete="off"
          />
        ))}
        {problem && problem.errors.length === 0 && (
          <p role="alert" className={classes.alarm}>
            {problem.message}
          </p>
        )}
        <FormButtons className={classes.foot} action="Find" isBusy={find.isPending} isDisabled={isBlank} />
      </Form>
      {find.data && <PersonRecords who={find.data.asked} records={find.data.records} onErased={() => change(blank)} />}
    </Card>
  );
}

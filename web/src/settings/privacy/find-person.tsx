import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Card } from '../../ui/card.tsx';
import { Form } from '../../ui/form.tsx';
import classes from '../layout/settings.module.css';
import type { Who } from './erase-person.tsx';
import { PersonRecords } from './person-records.tsx';

/** Finds the data stored about a person, by phone or email. */
export function FindPerson(): ReactNode {
  const [phone, setPhone] = useState('');
  const [email, setEmail] = useState('');
  const who: Who = { ...(phone.trim() && { phone: phone.trim() }), ...(email.trim() && { email: email.trim() }) };
  const isBlank = Object.keys(who).length === 0;
  const find = useMutation({
    mutationFn: async (asked: Who) => ({ asked, records: await body(api.POST('/v1/person-records', { body: asked })) }),
  });
  const clear = () => {
    find.reset();
    setPhone('');
    setEmail('');
  };
  const problem = find.error ? asProblem(find.error) : undefined;
  const change = (set: (text: string) => void) => (event: { currentTarget: { value: string } }) => {
    find.reset();
    set(event.currentTarget.value);
  };
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
        <TextInput
          label="Phone"
          value={phone}
          onChange={change(setPhone)}
          error={problem?.of('phone')}
          autoComplete="off"
        />
        <TextInput
          label="Email"
          value={email}
          onChange={change(setEmail)}
          error={problem?.of('email')}
          autoComplete="off"
        />
        {problem && problem.errors.length === 0 && (
          <p role="alert" className={classes.alarm}>
            {problem.message}
          </p>
        )}
        <div className={classes.foot}>
          <Button type="submit" variant="filled" disabled={isBlank} loading={find.isPending}>
            Find
          </Button>
        </div>
      </Form>
      {find.data && <PersonRecords who={find.data.asked} records={find.data.records} onErased={clear} />}
    </Card>
  );
}

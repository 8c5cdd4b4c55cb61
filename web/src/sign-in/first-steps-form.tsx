import { Button, Radio, Select, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.ts';
import type { Me } from '../api/me.ts';
import { asProblem } from '../api/problem.ts';
import { useWorkspaceChoices } from '../app/workspace-choices.ts';
import { Form } from '../ui/form/form.tsx';
import { browserLocale } from './browser-locale.ts';
import classes from './frame.module.css';
import { Frame, Wrong } from './frame.tsx';

/** The systems that a company may use today, each with the page to continue on. */
const origins = [
  { value: 'form', label: 'A website form', to: '/app/connections?new=getlead' },
  { value: 'dialler', label: 'A dialler or another lead system', to: '/app/connections?new=dialler' },
  { value: 'nothing', label: 'Nothing yet', to: '/app/leads' },
] as const;

/** Sets up the workspace: name, country, time zone, currency. */
export function FirstStepsForm({ workspace }: { workspace: Me['workspace'] }) {
  const choices = useWorkspaceChoices();
  const [values, setValues] = useState(() => suggest(workspace));
  const [origin, setOrigin] = useState<string>('nothing');
  const save = useMutation({
    mutationFn: () => api.PATCH('/v1/workspace', { body: values }),
    onSuccess: () => location.replace(origins.find(({ value }) => value === origin)?.to ?? '/app/leads'),
  });
  const problem = save.error ? asProblem(save.error) : undefined;
  const set = (field: keyof typeof values) => (value: string | null) =>
    value !== null && setValues((before) => ({ ...before, [field]: value }));
  const choice = (field: keyof typeof values) => ({
    value: values[field],
    onChange: set(field),
    error: problem?.of(field),
    searchable: true,
    allowDeselect: false,
    maxDropdownHeight: 240,
  });

  return (
    <Frame title="Your workspace" text="You can change all of this later in Settings.">
      <Form className={classes.form} onSubmit={() => save.mutate()}>
        {problem && problem.errors.length === 0 && <Wrong>{problem.message}</Wrong>}
        <TextInput
          label="Company name"
          value={values.name}
          onChange={(event) => set('name')(event.currentTarget.value)}
          error={problem?.of('name')}
          maxLength={200}
          autoComplete="organization"
          required
          withAsterisk={false}
        />
        <Select
          {...choice('region')}
          label="Country"
          description="For phone numbers without a country code."
          data={choices.regions}
        />
        <Select {...choice('time_zone')} label="Time zone" data={choices.zones} />
        <Select {...choice('currency')} label="Currency" data={choices.currencies} />
        <Radio.Group label="What are you using today?" value={origin} onChange={setOrigin}>
          {origins.map(({ value, label }) => (
            <Radio key={value} value={value} label={label} size="xs" mt={8} />
          ))}
        </Radio.Group>
        <Button type="submit" variant="filled" loading={save.isPending || save.isSuccess}>
          Start
        </Button>
      </Form>
    </Frame>
  );
}

/** Replaces values that are still defaults with what the browser suggests. */
function suggest({ name, region, time_zone, currency }: Me['workspace']) {
  const guess = browserLocale();
  const untouched = time_zone === 'UTC';
  return {
    name: name === 'default' ? '' : name,
    region: (untouched && guess.region) || region,
    time_zone: untouched ? guess.time_zone : time_zone,
    currency,
  };
}

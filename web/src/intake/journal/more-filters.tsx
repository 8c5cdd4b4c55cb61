import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Form } from '../../ui/form/form.tsx';
import type { JournalSearch } from '../journal-search.ts';
import classes from './more-filters.module.css';

interface Props {
  search: JournalSearch;
  go: (change: Partial<JournalSearch>) => void;
}

const fields = [
  ['path', 'Path contains', '/lead/add'],
  ['status', 'Status code', '400'],
  ['problem', 'Error code', 'bad_phone'],
  ['field', 'Field', 'mobile'],
  ['phone', 'Lead phone', ''],
  ['email', 'Lead email', ''],
  ['request', 'Request number', ''],
] as const;

/** The less common filters. */
export function MoreFilters({ search, go }: Props) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus withRoles shadow="md">
      <Popover.Target>
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setOpened((now) => !now)}>
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Filters">
        <FilterForm
          search={search}
          go={(change) => {
            setOpened(false);
            go(change);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterForm({ search, go }: Props) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    const sent = new FormData(event.currentTarget);
    const texts = fields.map(([name]) => [name, String(sent.get(name) ?? '').trim() || undefined]);
    go({
      ...(Object.fromEntries(texts) as Partial<JournalSearch>),
      members: sent.has('members') ? true : undefined,
      aside: sent.has('aside') ? true : undefined,
    });
  };
  return (
    <Form className={classes.form} onSubmit={submit}>
      <div className={classes.fields}>
        {fields.map(([name, label, placeholder]) => (
          <TextInput key={name} name={name} label={label} placeholder={placeholder} defaultValue={search[name] ?? ''} />
        ))}
      </div>
      <Checkbox name="members" label="Include requests from the web app" defaultChecked={search.members === true} />
      <Checkbox name="aside" label="Include dismissed requests" defaultChecked={search.aside === true} />
      <Button type="submit" variant="filled">
        Apply
      </Button>
    </Form>
  );
}

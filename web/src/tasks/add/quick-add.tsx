import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Ref, useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useMe } from '../../app/session.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import { Form } from '../../ui/form/form.tsx';
import { typedSince } from '../../ui/form/typed-since.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { addTask, type QuickTask, quickTaskQuery, refreshTasks } from '../api/get-tasks.ts';
import classes from './quick-add.module.css';
import { QuickChips } from './quick-chips.tsx';

interface Props {
  /** The task's lead; otherwise leads named in the text are offered. */
  leadId?: string;
  inputRef?: Ref<HTMLInputElement>;
}

/** Adds a task from one line of text, and shows how the line is understood before Enter is pressed. */
export function QuickAdd({ leadId, inputRef }: Props) {
  const [text, setText] = useState('');
  const [lead, setLead] = useState<string | null>();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string>();
  const client = useQueryClient();
  const { member } = useMe();
  const [typed] = useDebouncedValue(text.trim(), 150);
  const query = useQuery({ ...quickTaskQuery(typed), enabled: typed !== '', placeholderData: keepPreviousData });
  const read = text.trim() === '' ? undefined : query.data;
  const about = (quick: QuickTask) => leadId ?? (lead === undefined ? onlyOne(quick) : lead);

  const type = (value: string) => {
    setText(value);
    setRefused(undefined);
    if (value.trim() === '') setLead(undefined);
  };
  const submit = async () => {
    if (text.trim() === '' || busy) return;
    const sent = text;
    setBusy(true);
    try {
      const quick = await client.fetchQuery(quickTaskQuery(text.trim()));
      if (quick.name === '') return setRefused('Enter what needs to be done.');
      const { name, category, due_at } = quick;
      await addTask({ name, category, due_at, lead_id: about(quick), assignee: member.id });
      setText((now) => typedSince(now, sent));
      setLead(undefined);
      toast.done(`Added: ${name}`);
      refreshTasks(client);
    } catch (error) {
      toast.error(asProblem(error), 'Could not add the task. Your text is kept.');
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form className={classes.form} onSubmit={submit}>
      <TextInput
        ref={inputRef}
        aria-label="New task"
        placeholder="Add a task, e.g. “call Anjali tomorrow 10”"
        leftSection={<IconPlus size={16} aria-hidden />}
        rightSection={read && <Kbd keys="Enter" />}
        value={text}
        error={refused}
        maxLength={500}
        autoComplete="off"
        aria-busy={busy}
        onChange={(event) => type(event.currentTarget.value)}
      />
      {read && (
        <QuickChips quick={read} lead={leadId ? undefined : about(read)} fixed={Boolean(leadId)} onLead={setLead} />
      )}
    </Form>
  );
}

/** A lead is chosen automatically only if no other matches the name. */
function onlyOne({ leads }: QuickTask): string | null {
  return leads.length === 1 ? (leads[0]?.id ?? null) : null;
}

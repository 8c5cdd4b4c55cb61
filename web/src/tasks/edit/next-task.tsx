import { Button } from '@mantine/core';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { useMe } from '../../app/session.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { addTask, type QuickTask, quickTaskQuery, refreshTasks, type Task } from '../api/get-tasks.ts';
import { Due } from '../cells/due.tsx';
import { Category } from '../cells/task-cells.tsx';
import classes from './next-task.module.css';

/** Common next steps, as quick-add text. */
const presets = ['Call again tomorrow 10:00', 'Send an email in 3 days at 10:00', 'Follow up next Monday'];

/** Asks for the next step of a lead that has none left after a task. */
export function NextTask({ after, onClose }: { after: Task; onClose: () => void }) {
  const client = useQueryClient();
  const { member } = useMe();
  const [busy, setBusy] = useState(false);
  const read = useQueries({ queries: presets.map((text) => quickTaskQuery(text)) });
  const add = async ({ name, category, due_at }: QuickTask) => {
    setBusy(true);
    try {
      await addTask({ name, category, due_at, lead_id: after.lead_id, assignee: after.assignee_id ?? member.id });
      toast.done('Task added');
      onClose();
    } catch (error) {
      toast.error(asProblem(error), 'Could not add the task.');
      setBusy(false);
    } finally {
      refreshTasks(client);
    }
  };
  return (
    <Dialog onClose={onClose} title="What next?" keepsNothing>
      <p className={classes.words}>Nothing else is planned for {after.lead_name ?? 'this lead'}.</p>
      <div className={classes.presets}>
        {read.map(({ data }, at) => (
          <button
            key={presets[at]}
            type="button"
            className={classes.preset}
            aria-disabled={!data || busy}
            data-autofocus={at === 0 || undefined}
            onClick={() => data && !busy && void add(data)}
          >
            <Category of={data?.category ?? 'normal'} />
            <span>{data?.name ?? presets[at]}</span>
            <span className={classes.when}>{data && <Due at={data.due_at} />}</span>
          </button>
        ))}
      </div>
      <div className={classes.actions}>
        <Button onClick={onClose}>Nothing for now</Button>
      </div>
    </Dialog>
  );
}

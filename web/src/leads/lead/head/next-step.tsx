import { Button, Menu } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { useMay, useMe } from '../../../app/session.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { absolute, useMinute } from '../../../ui/times.ts';
import { type Lead, refreshLead } from '../../api/get-lead.ts';
import { nextStepWords, urgencyOf } from '../next-step-words.ts';
import { presets } from '../when.ts';
import classes from './next-step.module.css';

/** The next step of a lead, and a quick way to plan one. */
export function NextStepBar({ lead, onTask }: { lead: Lead; onTask: () => void }) {
  const now = new Date(useMinute());
  const zone = useMe().workspace.time_zone;
  const urgency = urgencyOf(lead, now);
  const mayWork = useMay('work leads');
  const Icon = urgency === 'none' || urgency === 'overdue' ? IconAlertTriangle : IconClock;
  return (
    <div className={classes.bar} data-urgency={urgency}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <span className={classes.words}>
        {urgency !== 'none' && <span className={classes.label}>Next step </span>}
        <span title={lead.next_step_at ? absolute(lead.next_step_at) : undefined}>
          {urgency === 'overdue' && 'Overdue: '}
          {nextStepWords(lead, zone, now)}
        </span>
      </span>
      {mayWork && <PlanMenu lead={lead} onTask={onTask} />}
    </div>
  );
}

function PlanMenu({ lead, onTask }: { lead: Lead; onTask: () => void }) {
  const client = useQueryClient();
  const me = useMe().member.id;
  const planning = useMutation({
    mutationFn: ({ name, category, at }: { name: string; category: 'call' | 'normal'; at: Date }) =>
      api.POST('/v1/leads/{id}/tasks', {
        params: { path: { id: lead.id } },
        body: { name, category, due_at: at.toISOString(), assignee: me },
      }),
    onSuccess: (_data, { name }) => {
      refreshLead(client);
      toast.done(`Task added: ${name}`);
    },
    onError: (error) => toast.error(asProblem(error), 'Could not add the task.'),
  });
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <Button loading={planning.isPending}>Plan</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {presets().flatMap(({ label, at }) => [
          <Menu.Item key={`call ${label}`} onClick={() => planning.mutate({ name: 'Call', category: 'call', at })}>
            {`Call · ${label}`}
          </Menu.Item>,
        ])}
        <Menu.Divider />
        <Menu.Item onClick={onTask}>Another task…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

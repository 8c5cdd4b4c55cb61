import { Button } from '@mantine/core';
import { IconChecklist, IconMail, IconPhone } from '@tabler/icons-react';
import { useMay } from '../../../app/session.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import type { Lead, LeadPatch } from '../../api/get-lead.ts';
import type { Status } from '../../api/get-reference-data.ts';
import { dialling } from '../../dialling/dial.ts';
import { callLink, whyNotCalled } from '../../phone.ts';
import { StatusMenu } from '../status/status-menu.tsx';
import type { useLeadWork } from '../use-lead-work.ts';
import classes from './lead-actions.module.css';

interface Props {
  lead: Lead;
  work: ReturnType<typeof useLeadWork>;
}

/** The most common actions on a lead, and its status. */
export function LeadActions({ lead, work }: Props) {
  const { changing, compose, statusOpened, setStatusOpened } = work;
  const mayWork = useMay('work leads');
  const link = callLink(lead);
  const move = async (status: Status, answers: LeadPatch) => {
    const shown = { status: status.name, status_id: status.id, lifecycle_state: status.state };
    const outcome = await changing.change({ patch: { ...answers, status: status.id }, shown });
    if (outcome.kind === 'saved') toast.undo(`Status set to ${status.name}`, () => void undo(outcome.lead));
    return outcome.kind === 'refused' ? outcome.problem : undefined;
  };
  const undo = async (saved: Lead) => {
    const { status, status_id, lifecycle_state, lost_reason_id } = lead;
    const patch = { status: status_id, ...(lost_reason_id && { lost_reason: lost_reason_id }) };
    const outcome = await changing.change({ patch, shown: { status, status_id, lifecycle_state } }, saved);
    if (outcome.kind === 'refused') toast.error(outcome.problem, 'Could not undo the status change.');
  };
  return (
    <div className={classes.row}>
      {link ? (
        <Button
          component="a"
          href={link}
          onClick={dialling(lead.id, link)}
          variant="filled"
          leftSection={<IconPhone size={15} />}
        >
          Call
        </Button>
      ) : (
        <Button disabled leftSection={<IconPhone size={15} />} title={whyNotCalled(lead)}>
          {lead.do_not_call ? 'Do not call' : 'Call'}
        </Button>
      )}
      {lead.email && (
        <Button component="a" href={`mailto:${lead.email}`} leftSection={<IconMail size={15} />}>
          Email
        </Button>
      )}
      {mayWork && (
        <Button onClick={() => compose('task')} leftSection={<IconChecklist size={15} />}>
          Task
        </Button>
      )}
      <span className={classes.status}>
        <StatusMenu lead={lead} readOnly={!mayWork} opened={statusOpened} onOpened={setStatusOpened} onMove={move} />
        {lead.lost_reason && <span className="small-print">{lead.lost_reason}</span>}
      </span>
    </div>
  );
}

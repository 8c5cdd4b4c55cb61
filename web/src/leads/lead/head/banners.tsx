import { Button } from '@mantine/core';
import { IconHourglass, IconPhoneCall, IconUsers } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { useMay } from '../../../app/session.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { clockTime } from '../../../ui/times.ts';
import { duplicatesQuery, presenceQuery, waitingNamesQuery } from '../../api/get-lead.ts';
import { nameOf } from '../../lead-name.ts';
import classes from './banners.module.css';

/** Warnings to read before working on the lead: somebody is on a call with it, or it may be a duplicate. */
export function Banners({ leadId }: { leadId: string }) {
  const held = useQuery(presenceQuery(leadId)).data ?? [];
  return (
    <>
      {held.map(({ name, state, since }) => (
        <p key={`${name} ${since}`} role="status" className={classes.banner} data-kind="held">
          <IconPhoneCall size={16} aria-hidden />
          <span>
            <strong>{name}</strong>{' '}
            {state === 'on_call'
              ? 'has been on a call with this lead since'
              : 'has been preparing to call this lead since'}{' '}
            {clockTime(Date.parse(since))}
          </span>
        </p>
      ))}
      <WaitingNames leadId={leadId} />
      <PossibleDuplicates leadId={leadId} />
    </>
  );
}

const kinds = { source: 'source', status: 'status', deal_stage: 'deal stage' } as const;

/** Names that arrived with the lead, until somebody approves them in the settings. */
function WaitingNames({ leadId }: { leadId: string }) {
  const waiting = useQuery(waitingNamesQuery(leadId)).data ?? [];
  return waiting.map(({ kind, name }) => (
    <p key={kind} role="status" className={classes.banner}>
      <IconHourglass size={16} aria-hidden />
      <span className={classes.words}>
        The {kinds[kind]} <strong>{name}</strong> is waiting for approval.
      </span>
    </p>
  ));
}

function PossibleDuplicates({ leadId }: { leadId: string }) {
  const duplicates = useQuery(duplicatesQuery(leadId)).data ?? [];
  const client = useQueryClient();
  const mayWork = useMay('work leads');
  const dismissing = useMutation({
    mutationFn: (other: string) =>
      api.POST('/v1/leads/{id}/possible-duplicates/{other}/dismiss', { params: { path: { id: leadId, other } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['leads', 'possible-duplicates'] }),
    onError: (error) => toast.error(asProblem(error), 'Could not dismiss the duplicate.'),
  });
  const [first] = duplicates;
  if (!first) return null;
  const { lead, why } = first;
  return (
    <div role="status" className={classes.banner}>
      <IconUsers size={16} aria-hidden />
      <span className={classes.words}>
        {why} as{' '}
        <Link to="/leads/$id" params={{ id: lead.id }} className={classes.link}>
          {nameOf(lead)}
        </Link>{' '}
        <span className={classes.more}>
          {lead.status}
          {duplicates.length > 1 && ` · and ${duplicates.length - 1} more`}
        </span>
      </span>
      {mayWork && (
        <Button onClick={() => dismissing.mutate(lead.id)} loading={dismissing.isPending}>
          Not a duplicate
        </Button>
      )}
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../app/session.ts';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Count, Page } from '../../ui/page.tsx';
import { useMinute } from '../../ui/times.ts';
import { agentsQuery, queueQuery } from '../api/get-calls.ts';
import { waited } from '../words.ts';
import { TeamTable } from './team-table.tsx';

/** The state of every agent and of the queue. */
export function TeamPage(): ReactNode {
  const maySupervise = useMay('supervise agents');
  const agents = useQuery({ ...agentsQuery, enabled: maySupervise });
  const active = agents.data?.filter(({ state }) => state !== 'offline').length;
  return (
    <Page
      title="Calling team"
      beside={active !== undefined && <Count of={`${active} online`} />}
      actions={
        <Link to="/calls" className="quiet-link">
          Call queue
        </Link>
      }
    >
      {maySupervise ? (
        <>
          <QueueAge />
          <DataState
            query={agents}
            what="Could not load the agents."
            empty={
              <EmptyState
                title="No one can make calls yet"
                text="Members with the Agent role or higher can make calls."
              />
            }
          >
            {(all) => <TeamTable agents={all} />}
          </DataState>
        </>
      ) : (
        <EmptyState
          title="The calling team is for managers"
          text="Ask an admin of this workspace for the manager role."
        />
      )}
    </Page>
  );
}

function QueueAge() {
  const { data } = useQuery(queueQuery);
  const now = useMinute();
  if (!data) return null;
  const age = data.oldest_due_at ? `longest wait ${waited(Date.parse(data.oldest_due_at), now)}` : 'no one is waiting';
  return (
    <p>
      {data.in_queue} in queue, {age} · {data.callbacks_due} {data.callbacks_due === 1 ? 'callback' : 'callbacks'} due
    </p>
  );
}

import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { api, body } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';
import { RunningJob, useJob } from '../../app/job-dialog.tsx';
import { PagedList } from '../../ui/feedback/paged-list.tsx';
import { SideDrawer } from '../../ui/side-drawer.tsx';
import { useRenew } from '../api/get-journal.ts';
import { OutcomePill } from '../journal/outcome.tsx';
import classes from './job-drawer.module.css';

interface Props {
  id: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** Progress of a replay of many requests, with the result of each. */
export function JobDrawer({ id, onOpen, onClose }: Props) {
  const job = useJob(id).data;
  const state = job?.state ?? 'queued';
  const client = useQueryClient();
  const renew = useRenew();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the lists are asked anew when the job has moved
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ['jobs', id, 'replays'] });
    if (state === 'done') void renew();
  }, [job?.done, state]);
  return (
    <SideDrawer width={600} label="Replays" onClose={onClose} header={<h2 className={classes.title}>Replays</h2>}>
      <RunningJob id={id} label="Replaying requests" />
      <Summary result={job?.result} />
      <Results id={id} onOpen={onOpen} />
    </SideDrawer>
  );
}

const words: Record<string, string> = {
  accepted: 'accepted',
  merged: 'matched',
  duplicate: 'known leads',
  refused: 'still refused',
  failed: 'failed',
  skipped: 'already accepted',
};

function Summary({ result }: { result: unknown }) {
  const outcomes = (result as { outcomes?: Record<string, number> } | undefined)?.outcomes ?? {};
  const said = Object.entries(outcomes).map(([name, count]) => `${count.toLocaleString()} ${words[name] ?? name}`);
  return said.length > 0 ? <p className={classes.summary}>{said.join(' · ')}</p> : null;
}

function Results({ id, onOpen }: Pick<Props, 'id' | 'onOpen'>) {
  const results = useInfiniteQuery(
    pagedQuery(['jobs', id, 'replays'], (page) =>
      body(api.GET('/v1/submissions/replays/{id}', { params: { path: { id }, query: { limit: 100, ...page } } })),
    ),
  );
  return (
    <PagedList
      query={results}
      what="Could not load the results."
      label="Results"
      className={classes.results}
      more="Show more"
    >
      {(result) => (
        <li key={result.submission_id} className={classes.result}>
          <OutcomePill outcome={result.outcome} />
          <span className={classes.detail}>
            {result.lead_id ? (
              <Link to="/leads" search={{ lead: result.lead_id }} className={classes.link}>
                {result.detail}
              </Link>
            ) : (
              result.detail
            )}
          </span>
          <Button variant="subtle" onClick={() => onOpen(result.submission_id)}>
            Request
          </Button>
        </li>
      )}
    </PagedList>
  );
}

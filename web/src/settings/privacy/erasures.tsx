import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { pagedQuery } from '../../api/paged.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { PagedList } from '../../ui/feedback/paged-list.tsx';
import { Pill } from '../../ui/pill.tsx';
import { absolute } from '../../ui/times.ts';
import { countsText } from './counts.ts';
import classes from './privacy.module.css';

type Erasure = Shape<'ErasureView'>;
const WHILE_RUNNING_MS = 2_000;

/** The certificates of erasures, newest first. */
export function Erasures(): ReactNode {
  const erasures = useInfiniteQuery({
    ...pagedQuery(['settings', 'erasures'], (page) =>
      body(api.GET('/v1/erasures', { params: { query: { limit: 20, ...page } } })),
    ),
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ data }) => data.some((one) => one.state === 'running')) ? WHILE_RUNNING_MS : false,
  });
  return (
    <Card title="Erasures" text="Certificates show what was erased, when and by whom. They do not identify the person.">
      <PagedList
        query={erasures}
        what="Could not load the erasures."
        empty={<EmptyState title="No one has been erased" text="Find a person above to erase them." />}
        label="Certificates"
        className={classes.list}
        isOrdered
      >
        {(erasure) => <Certificate key={erasure.id} erasure={erasure} />}
      </PagedList>
    </Card>
  );
}

function Certificate({ erasure }: { erasure: Erasure }) {
  const { id, state, requested_at, repeated_at, actor_name, counts, keeps_notes, identifiers_hash } = erasure;
  return (
    <li className={classes.certificate}>
      <div className={classes.head}>
        <strong>{absolute(requested_at)}</strong>
        <span>by {actor_name}</span>
        <Pill tone={state === 'done' ? 'won' : 'contacted'}>{state === 'done' ? 'Done' : 'Running'}</Pill>
      </div>
      <p className={classes.line}>
        {countsText(counts) || 'No records'}
        {keeps_notes && '; notes kept'}
      </p>
      {repeated_at && <p className={classes.line}>Repeated {absolute(repeated_at)}, after a backup was restored</p>}
      <p className={`mono ${classes.hash}`} title={identifiers_hash}>
        {id} · {identifiers_hash.slice(0, 16)}
      </p>
    </li>
  );
}

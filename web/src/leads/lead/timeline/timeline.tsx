import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { asProblem } from '../../../api/problem.ts';
import { EmptyState } from '../../../ui/feedback/empty-state.tsx';
import { ErrorBar } from '../../../ui/feedback/error-bar.tsx';
import { SkeletonRows } from '../../../ui/feedback/skeleton-rows.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { type TimelineKind, timelineQuery } from '../../api/get-timeline.ts';
import classes from './timeline.module.css';
import { TimelineItem } from './timeline-item.tsx';

const filters = [
  { value: 'all', label: 'All' },
  { value: 'calls', label: 'Calls' },
  { value: 'notes', label: 'Notes' },
  { value: 'system', label: 'System' },
] as const;

/** The timeline of a lead, newest first, with filters. */
export function Timeline({ leadId }: { leadId: string }) {
  const [kind, setKind] = useState<TimelineKind>('all');
  return (
    <>
      <div data-screen-only>
        <Segments label="Show" segments={filters} value={kind as 'all'} onChange={setKind} />
      </div>
      <Lines leadId={leadId} kind={kind} />
    </>
  );
}

/** The entries of one kind. */
export function Lines({ leadId, kind }: { leadId: string; kind: TimelineKind }) {
  const lines = useInfiniteQuery(timelineQuery(leadId, kind));
  const { data, error } = lines;
  if (!data)
    return error ? (
      <ErrorBar problem={asProblem(error)} what="Could not load the timeline." onRetry={() => void lines.refetch()} />
    ) : (
      <SkeletonRows rows={6} height={46} label="Loading the timeline" />
    );
  const shown = data.pages.flatMap((page) => page.data);
  if (shown.length === 0) return <EmptyState title={kind === 'changes' ? 'No changes yet' : 'Nothing here yet'} />;
  return (
    <>
      {error && <ErrorBar problem={asProblem(error)} what="Could not load the timeline." />}
      <ol className={classes.lines} aria-label={kind === 'changes' ? 'Changes' : 'Timeline'}>
        {shown.map((line) => (
          <TimelineItem key={line.id} line={line} open={kind === 'changes'} />
        ))}
      </ol>
      {lines.hasNextPage && (
        <Button data-screen-only onClick={() => void lines.fetchNextPage()} loading={lines.isFetchingNextPage}>
          Show earlier
        </Button>
      )}
    </>
  );
}

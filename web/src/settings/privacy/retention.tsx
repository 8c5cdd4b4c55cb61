import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { FieldDef } from '../form/item-fields.tsx';
import { ItemForm } from '../form/item-form.tsx';
import { Facts } from '../layout/facts.tsx';
import classes from '../layout/settings.module.css';
import { countsText } from './counts.ts';

type Terms = Shape<'RetentionView'>;

const days = (key: keyof Terms, label: string): FieldDef => ({ key, label, kind: 'number' });
const fields: readonly FieldDef[] = [
  days('accepted_days', 'Contents of accepted requests, in days'),
  days('refused_days', 'Contents of refused requests, in days'),
  days('deleted_days', 'Requests of deleted leads, in days after deletion'),
  days('event_days', 'Events, in days'),
];

/** How long records are kept, and the last run that removed old ones. */
export function Retention(): ReactNode {
  const client = useQueryClient();
  const retention = useQuery({
    queryKey: ['settings', 'retention'],
    queryFn: () => body(api.GET('/v1/retention')),
  });
  const save = async (changed: Record<string, unknown>) => {
    await body(api.PATCH('/v1/retention', { body: changed }));
    await client.invalidateQueries({ queryKey: ['settings', 'retention'] });
    toast.done('Saved');
  };
  return (
    <Card
      title="How long records are kept"
      actions={<RunNow />}
      text="Leave a field empty to keep records for ever; 0 removes them within the hour. When the contents of a request are removed, its time, endpoint, outcome and the size and SHA-256 of its body are kept."
    >
      <DataState query={retention} what="Could not load the retention settings.">
        {(saved) => (
          <div className={classes.stack}>
            <ItemForm fields={fields} saved={{ ...saved }} onSave={save} />
            <Facts facts={lastRun(saved)} />
          </div>
        )}
      </DataState>
    </Card>
  );
}

function lastRun({ finished_at, removed, due_at }: Terms): (readonly [string, ReactNode])[] {
  return [
    ['Last run', finished_at ? <RelativeTime key="last" at={finished_at} /> : 'not yet'],
    ...(finished_at ? [['Removed', countsText(removed) || 'nothing'] as const] : []),
    ...(due_at ? [['Next run', <RelativeTime key="next" at={due_at} />] as const] : []),
  ];
}

function RunNow() {
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: () => body(api.POST('/v1/retention/run')),
    onSuccess: () => {
      toast.done('Old records are being removed');
      return client.invalidateQueries({ queryKey: ['settings', 'retention'] });
    },
    onError: (error) => toast.error(asProblem(error), 'Could not start removing old records.'),
  });
  return (
    <Button loading={run.isPending} onClick={() => run.mutate()}>
      Remove old records now
    </Button>
  );
}

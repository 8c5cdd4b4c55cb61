import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { RunningJob } from '../../app/job-dialog.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { Column } from '../layout/column.tsx';

/** Creates sample leads and removes them again. */
export function SampleDataPage(): ReactNode {
  const client = useQueryClient();
  const [job, setJob] = useState<string>();
  const [isRemoving, setRemoving] = useState(false);
  const demo = useQuery({ queryKey: ['leads', 'demo'], queryFn: () => body(api.GET('/v1/demo')) });
  const start = async (asked: Promise<{ id: string }>, failed: string) => {
    try {
      setJob((await asked).id);
      await client.invalidateQueries({ queryKey: ['leads', 'demo'] });
    } catch (error) {
      toast.error(asProblem(error), failed);
    }
  };
  const make = () => start(body(api.POST('/v1/demo', { body: { leads: 200 } })), 'Could not create sample data.');
  const remove = () => {
    setRemoving(false);
    return start(body(api.DELETE('/v1/demo')) as Promise<{ id: string }>, 'Could not remove sample data.');
  };
  return (
    <Column
      title="Sample data"
      intro="Made-up people with eight weeks of history, for trying things out. They are added to your data and can all be removed at once."
    >
      <DataState query={demo} what="Could not load the sample data.">
        {({ leads }) => (
          <Card
            title={leads === 0 ? 'No sample leads' : `${leads.toLocaleString()} sample leads`}
            actions={
              <>
                {leads > 0 && <Button onClick={() => setRemoving(true)}>Remove all…</Button>}
                <Button variant="filled" onClick={() => void make()}>
                  Create 200 leads
                </Button>
              </>
            }
          >
            {job ? <RunningJob id={job} label="Sample data" /> : <span>Your own leads are not affected.</span>}
          </Card>
        )}
      </DataState>
      <ConfirmDanger
        opened={isRemoving}
        title="Remove all sample leads?"
        action="Remove sample leads"
        onClose={() => setRemoving(false)}
        onConfirm={() => void remove()}
      >
        <p>The sample leads and everything that belongs to them will be deleted. Your own leads are not affected.</p>
      </ConfirmDanger>
    </Column>
  );
}

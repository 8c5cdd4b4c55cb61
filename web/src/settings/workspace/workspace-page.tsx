import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { useWorkspaceChoices } from '../../app/workspace-choices.ts';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { ItemForm } from '../form/item-form.tsx';
import { Column } from '../layout/column.tsx';

/** The settings of the workspace. */
export function WorkspacePage(): ReactNode {
  const client = useQueryClient();
  const workspace = useQuery({
    queryKey: ['settings', 'workspace'],
    queryFn: () => body(api.GET('/v1/workspace')),
  });
  const choices = useWorkspaceChoices();
  const save = async (changed: Record<string, unknown>) => {
    await body(api.PATCH('/v1/workspace', { body: changed }));
    await client.invalidateQueries({ queryKey: ['settings'] });
    await client.invalidateQueries({ queryKey: ['people'] });
    toast.done('Saved');
  };
  return (
    <Column title="Workspace">
      <DataState query={workspace} what="Could not load the workspace.">
        {(saved) => (
          <Card title="General">
            <ItemForm
              fields={[
                { key: 'name', label: 'Name', kind: 'text', about: 'CRM.COM clients use it to sign in.' },
                {
                  key: 'region',
                  label: 'Country of phone numbers without a country code',
                  kind: 'choice',
                  options: choices.regions,
                },
                { key: 'time_zone', label: 'Time zone', kind: 'choice', options: choices.zones },
                { key: 'currency', label: 'Currency of new deals', kind: 'choice', options: choices.currencies },
                {
                  key: 'closed_lead_enquires',
                  label: 'When a won, lost or cancelled lead enquires again',
                  kind: 'choice',
                  options: [
                    { value: 'next_step', label: 'Plan a next step' },
                    { value: 'reopen', label: 'Reopen it' },
                  ],
                },
                {
                  key: 'calling_hours',
                  label: 'Calling hours',
                  kind: 'choice',
                  about: 'Lead types can set their own hours. This is a safe default, not legal advice.',
                  options: [
                    { value: 'lawful', label: 'Usual legal hours in the lead’s country' },
                    { value: 'any', label: 'Any time' },
                  ],
                },
                {
                  key: 'requests_per_minute',
                  label: 'Requests per minute for each token and member',
                  kind: 'number',
                  about: 'Leave empty to use the server’s own limit.',
                },
              ]}
              saved={{ ...saved }}
              onSave={save}
            />
          </Card>
        )}
      </DataState>
    </Column>
  );
}

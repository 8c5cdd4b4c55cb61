import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, body, type Shape } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import { ItemForm } from '../form/item-form.tsx';
import { nameField } from '../form/usual-fields.ts';
import { Column } from '../layout/column.tsx';
import { NewNames } from '../reference/new-names.tsx';
import rows from '../reference/reference-rows.module.css';
import { ReferenceRows } from '../reference/reference-rows.tsx';
import { SimilarFields } from './similar-fields.tsx';

type Field = Shape<'CustomFieldView'>;

const types = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'date', label: 'Date' },
  { value: 'boolean', label: 'Yes or no' },
];
const typeField = { key: 'type', label: 'Type', kind: 'choice', options: types } as const;

/** The settings page for custom fields. */
export function CustomFieldsPage(): ReactNode {
  const client = useQueryClient();
  const [open, setOpen] = useState<string>();
  const { fields, uses } = useFields();
  const done = async (words: string) => {
    await client.invalidateQueries({ queryKey: ['settings'] });
    toast.done(words);
  };
  const remove = (field: Field) =>
    body(api.DELETE('/v1/custom-fields/{id}', { params: { path: { id: field.id } } })).then(
      () => done(`Deleted ${field.name}`),
      (error: unknown) => toast.error(asProblem(error), `Could not delete ${field.name}.`),
    );
  const add = async (values: Record<string, unknown>) => {
    await body(api.POST('/v1/custom-fields', { body: { type: 'text', name: '', ...values } }));
    await done(`Added ${values['name']}`);
  };
  const change = async (id: string, values: Record<string, unknown>) => {
    const type = values['type'] as Field['type'];
    await body(api.PATCH('/v1/custom-fields/{id}', { params: { path: { id } }, body: { type } }));
    await done('Saved');
  };
  return (
    <Column
      title="Custom fields"
      intro="Your own fields for leads. Unknown fields in requests create new ones if the token allows it."
      actions={
        <Button variant="filled" onClick={() => setOpen('new')}>
          New field
        </Button>
      }
    >
      {open === 'new' && (
        <Card title="New field">
          <ItemForm
            fields={[nameField, typeField]}
            saved={{ type: 'text' }}
            action="Add"
            onSave={add}
            onClose={() => setOpen(undefined)}
            remark={({ name }) => <SimilarFields name={typeof name === 'string' ? name : ''} />}
          />
        </Card>
      )}
      <NewNames kind="custom_field" items={[]} />
      <DataState
        query={fields}
        what="Could not load the custom fields."
        empty={<EmptyState title="No custom fields yet" />}
      >
        {(data) => (
          <Card title="Fields" flush>
            <ReferenceRows
              items={data.map((field) => ({ ...field }))}
              open={open}
              onOpen={setOpen}
              row={(field) => (
                <>
                  <span className={rows.name}>{field.name}</span>
                  <span className={rows.facts}>
                    <span>{types.find(({ value }) => value === field['type'])?.label}</span>
                    <span>
                      {field['created_by'] === 'native' ? 'added manually' : `from ${String(field['created_by'])}`}
                    </span>
                    {uses.data && <span>{uses.data.get(field.name)?.leads ?? 0} leads</span>}
                  </span>
                </>
              )}
              form={(field) => (
                <ItemForm
                  fields={[typeField]}
                  saved={field}
                  onSave={(values) => change(field.id, values)}
                  onClose={() => setOpen(undefined)}
                  more={<Button onClick={() => void remove(field as unknown as Field)}>Delete</Button>}
                />
              )}
            />
          </Card>
        )}
      </DataState>
    </Column>
  );
}

function useFields() {
  const fields = useQuery({
    queryKey: ['settings', 'custom-fields'],
    queryFn: async () => (await body(api.GET('/v1/custom-fields'))).data,
  });
  const uses = useQuery({
    queryKey: ['settings', 'custom-fields', 'usage'],
    queryFn: async () => new Map((await body(api.GET('/v1/custom-fields/usage'))).data.map((one) => [one.name, one])),
  });
  return { fields, uses };
}

import { Button } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import type { FieldDef } from '../form/item-fields.tsx';
import { ItemForm } from '../form/item-form.tsx';
import { Column } from '../layout/column.tsx';
import { type Item, useItems, useReferenceChanges, useUses } from './get-reference-items.ts';
import type { ReferenceKind } from './kinds.ts';
import { NewNames } from './new-names.tsx';
import rows from './reference-rows.module.css';
import { ReferenceRows } from './reference-rows.tsx';
import { RemoveItem } from './remove-item.tsx';

interface Props {
  kind: ReferenceKind;
  intro: ReactNode;
  fields: readonly FieldDef[];
  /** Shown at the right of a row. */
  facts?: (item: Item) => ReactNode;
  /** Shown in place of the item's name. */
  label?: (item: Item) => ReactNode;
  /** The initial values of a new item. */
  blank?: Readonly<Record<string, unknown>>;
  remark?: (values: Readonly<Record<string, unknown>>) => ReactNode;
  /** Shown below the list. */
  children?: ReactNode;
}

/**
 * A settings page for a kind of reference data: a list of items, each with a form. `?item=` opens the form of an item,
 * `?item=new` the form for a new one.
 */
export function ReferencePage(props: Props) {
  const { kind, intro, fields, facts, label, blank = {} } = props;
  const { title, isOrdered, countsUses } = kind;
  const { item: open } = useSearch({ strict: false }) as { item?: string };
  const navigate = useNavigate();
  const openItem = (id?: string) => void navigate({ to: '.', search: (id ? { item: id } : {}) as never });
  const items = useItems(kind);
  const uses = useUses(kind);
  const { add, change, order } = useReferenceChanges(kind);
  const [removing, setRemoving] = useState<Item>();
  const used = (id: string) => uses.data?.get(id);
  return (
    <Column
      title={title}
      intro={intro}
      actions={
        <Button variant="filled" onClick={() => openItem('new')}>
          New {kind.word}
        </Button>
      }
    >
      {open === 'new' && (
        <Card title={`New ${kind.word}`}>
          <ItemForm
            fields={fields}
            saved={blank}
            action="Add"
            onSave={(values) => add({ ...blank, ...values })}
            onClose={() => openItem()}
            {...(props.remark && { remark: props.remark })}
          />
        </Card>
      )}
      <NewNames kind={kind.named} items={items.data ?? []} />
      <DataState
        query={items}
        what={`Could not load ${title.toLowerCase()}.`}
        empty={<EmptyState title={`No ${title.toLowerCase()} yet`} text="Add the first one above." />}
      >
        {(data) => (
          <Card title={title} flush>
            <ReferenceRows
              items={data}
              open={open}
              onOpen={openItem}
              onOrder={isOrdered && data.length > 1 ? order : undefined}
              row={(item) => (
                <>
                  {label ? label(item) : <span className={rows.name}>{item.name}</span>}
                  <span className={rows.facts}>
                    {facts?.(item)}
                    {countsUses && used(item.id) !== undefined && <span>{inWords(used(item.id) ?? 0)}</span>}
                  </span>
                </>
              )}
              form={(item) => (
                <ItemForm
                  fields={fields}
                  saved={item}
                  onSave={(values) => change(item.id, values)}
                  onClose={() => openItem()}
                  more={<Button onClick={() => setRemoving(item)}>Delete…</Button>}
                  {...(props.remark && { remark: props.remark })}
                />
              )}
            />
          </Card>
        )}
      </DataState>
      {props.children}
      {removing && (
        <RemoveItem
          item={removing}
          kind={kind}
          others={items.data?.filter(({ id }) => id !== removing.id) ?? []}
          leads={used(removing.id) ?? 0}
          onClose={() => setRemoving(undefined)}
          onRemoved={() => openItem()}
        />
      )}
    </Column>
  );
}

const MOST_COUNTED = 10_000;

function inWords(leads: number): string {
  if (leads >= MOST_COUNTED) return `${MOST_COUNTED.toLocaleString()}+ leads`;
  return leads === 1 ? '1 lead' : `${leads.toLocaleString()} leads`;
}

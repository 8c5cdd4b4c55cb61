import { Button, Group, Select } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useDialectTitle } from '../../app/dialects.ts';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type Decision, type NewName, useDecisions, useNewNames } from './get-new-names.ts';
import classes from './new-names.module.css';

interface Props {
  kind: NewName['kind'] | undefined;
  /** The items that a name can be merged into. */
  items: readonly { id: string; name: string }[];
}

/** Names that arrived in requests, to be approved, merged or removed. Renders nothing if there are none. */
export function NewNames({ kind, items }: Props): ReactNode {
  const names = useNewNames(kind);
  const decide = useDecisions();
  const [merging, setMerging] = useState<NewName>();
  if (names.length === 0) return null;
  const waiting = names.filter(({ state }) => state === 'waiting').length;
  return (
    <Card title="New names from requests" flush>
      <p className={classes.intro}>
        {kind === 'custom_field'
          ? 'Requests created these fields. Approve the ones that you want to keep.'
          : `Requests can add a few names; any more wait for approval${waiting > 0 ? ` (${waiting} now)` : ''}. Leads are stored either way, with the name as sent.`}
      </p>
      <ul className="plain-list">
        {names.map((name) => (
          <li key={name.id} className={classes.name}>
            <About name={name} />
            <div className="buttons">
              <Button aria-label={`Approve ${name.name}`} onClick={() => decide.mutate({ do: 'approve', name })}>
                Approve
              </Button>
              {kind !== 'custom_field' && (
                <Button aria-label={`Merge ${name.name}`} onClick={() => setMerging(name)}>
                  Merge…
                </Button>
              )}
              <Button aria-label={`Remove ${name.name}`} onClick={() => decide.mutate({ do: 'remove', name })}>
                Remove
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <RemoveAll names={names} onDecide={decide.mutate} />
      {merging && (
        <MergeDialog
          name={merging}
          items={items.filter(({ id }) => id !== merging.id)}
          onDecide={decide.mutate}
          onClose={() => setMerging(undefined)}
        />
      )}
    </Card>
  );
}

function About({ name }: { name: NewName }) {
  const dialectTitle = useDialectTitle();
  const { state, token_name, dialect, leads, first_at } = name;
  const from = token_name ?? (dialect && dialectTitle(dialect));
  return (
    <div className={classes.about}>
      <strong className={classes.word}>{name.name}</strong>
      <span className="muted">
        {state === 'waiting' ? 'Waiting for approval' : 'In use, not approved'}
        {from && ` · from ${from}`}
        {leads > 0 && ` · ${leads >= 1000 ? '1,000+ leads' : leads === 1 ? '1 lead' : `${leads} leads`}`} · since{' '}
        <RelativeTime at={first_at} isStart />
      </span>
    </div>
  );
}

/** For a flood of names: removes all waiting names that came from one token. */
function RemoveAll({ names, onDecide }: { names: readonly NewName[]; onDecide: (decision: Decision) => void }) {
  const byToken = new Map<string, NewName[]>();
  for (const name of names)
    if (name.state === 'waiting' && name.token_id)
      byToken.set(name.token_id, [...(byToken.get(name.token_id) ?? []), name]);
  const many = [...byToken].filter(([, sent]) => sent.length > 2);
  if (many.length === 0) return null;
  return (
    <div className={classes.all}>
      {many.map(([tokenId, sent]) => (
        <Button key={tokenId} onClick={() => onDecide({ do: 'remove_all', tokenId })}>
          Remove all waiting names from {sent[0]?.token_name ?? 'this token'}
        </Button>
      ))}
    </div>
  );
}

interface MergeProps {
  name: NewName;
  items: Props['items'];
  onDecide: (decision: Decision) => void;
  onClose: () => void;
}

function MergeDialog({ name, items, onDecide, onClose }: MergeProps) {
  const [to, setTo] = useState<string | null>(null);
  const into = items.find(({ id }) => id === to);
  return (
    <Dialog onClose={onClose} title={`Merge “${name.name}”`} keepsNothing>
      <Form
        onSubmit={() => {
          if (into) onDecide({ do: 'merge', name, into });
          onClose();
        }}
      >
        <Select
          label="Merge into"
          description="Its leads get this name, and so do leads from later requests that use the old one."
          data={items.map(({ id, name: label }) => ({ value: id, label }))}
          value={to}
          onChange={setTo}
          allowDeselect={false}
          searchable
          data-autofocus
        />
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={!into}>
            Merge
          </Button>
        </Group>
      </Form>
    </Dialog>
  );
}

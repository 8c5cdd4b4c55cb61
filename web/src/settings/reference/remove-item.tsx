import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { asProblem } from '../../api/problem.ts';
import { RunningJob } from '../../app/job-dialog.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form } from '../../ui/form/form.tsx';
import { type Item, useReferenceChanges } from './get-reference-items.ts';
import type { ReferenceKind } from './kinds.ts';

interface Props {
  item: Item;
  kind: ReferenceKind;
  others: readonly Item[];
  leads: number;
  onClose: () => void;
  onRemoved: () => void;
}

/** Asks before an item is removed; for a status in use, also asks which one its leads should get instead. */
export function RemoveItem({ item, kind, others, leads, onClose, onRemoved }: Props) {
  const { remove } = useReferenceChanges(kind);
  const [to, setTo] = useState<string | null>(null);
  const [refused, setRefused] = useState('');
  const [job, setJob] = useState<string>();
  const moves = kind.path === '/v1/statuses' && (leads > 0 || refused !== '');
  const go = async () => {
    try {
      const started = await remove(item, moves ? (to ?? undefined) : undefined);
      if (started) return setJob(started.id);
      onRemoved();
      onClose();
    } catch (error) {
      setRefused(asProblem(error).message);
    }
    return undefined;
  };
  return (
    <Dialog onClose={onClose} title={`Delete ${kind.word} “${item.name}”?`} keepsNothing>
      {job ? (
        <>
          <RunningJob
            id={job}
            label={moves ? `Moving the leads of ${item.name}` : `Removing ${item.name} from its leads`}
          />
          <Group justify="flex-end" mt="md">
            <Button onClick={onClose}>Close</Button>
          </Group>
        </>
      ) : (
        <Form onSubmit={() => void go()}>
          {refused && <p role="alert">{refused}</p>}
          {moves ? (
            <Select
              label={leads > 0 ? `Move its ${leads.toLocaleString()} leads to` : 'Replace it with'}
              data={others.map(({ id, name }) => ({ value: id, label: name }))}
              value={to}
              onChange={setTo}
              allowDeselect={false}
              data-autofocus
            />
          ) : (
            !refused && <p>{goneWords(kind, leads)}</p>
          )}
          <Group justify="flex-end" mt="md">
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="filled" color="red" disabled={moves && !to}>
              {moves ? 'Move and delete' : 'Delete'}
            </Button>
          </Group>
        </Form>
      )}
    </Dialog>
  );
}

function goneWords({ path }: ReferenceKind, leads: number): string {
  if (path !== '/v1/tags' || leads === 0) return 'It will be removed from the list. Timelines stay unchanged.';
  const many = leads === 1 ? 'the lead that has it' : `the ${leads.toLocaleString()} leads that have it`;
  return `It will be removed from ${many} and from the list. Timelines stay unchanged.`;
}

import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../../../app/session.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form/form.tsx';
import { FormButtons } from '../../../ui/form/form-buttons.tsx';
import type { SavedView } from '../../api/get-views.ts';
import classes from './view-dialog.module.css';

type Audience = SavedView['audience'];

interface Props {
  /** The view to edit; undefined for a new one. */
  view: SavedView | undefined;
  onSave: (view: { name: string; audience: Audience }) => Promise<void>;
  onClose: () => void;
}

const audiences = [
  { value: 'me', label: 'Only me' },
  { value: 'team', label: 'My departments' },
  { value: 'all', label: 'Everyone' },
] as const;

/** Asks for the name of a view and who may see it. */
export function ViewDialog({ view, onSave, onClose }: Props) {
  const [name, setName] = useState(view?.name ?? '');
  const [audience, setAudience] = useState<Audience>(view?.audience ?? 'me');
  const [busy, setBusy] = useState(false);
  const mayShare = useMay('supervise agents');
  const submit = async () => {
    if (name.trim() === '') return;
    setBusy(true);
    await onSave({ name: name.trim(), audience });
    setBusy(false);
  };
  return (
    <Dialog onClose={onClose} title={view ? 'Rename or share view' : 'Save as a new view'}>
      <Form className="stack" onSubmit={() => void submit()}>
        <TextInput
          label="Name"
          maxLength={60}
          required
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          data-autofocus
        />
        {mayShare && (
          <NativeSelect
            label="Visible to"
            data={audiences.map((one) => ({ ...one }))}
            value={audience}
            onChange={({ currentTarget }) => setAudience(currentTarget.value as Audience)}
          />
        )}
        <FormButtons className={classes.actions} action="Save view" isBusy={busy} onCancel={onClose} />
      </Form>
    </Dialog>
  );
}

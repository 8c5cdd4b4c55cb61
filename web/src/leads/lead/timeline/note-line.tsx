import { Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { api, type Shape } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { ConfirmDanger } from '../../../ui/feedback/confirm-danger.tsx';
import { toast } from '../../../ui/feedback/toast.tsx';
import { Form } from '../../../ui/form/form.tsx';
import { FormButtons } from '../../../ui/form/form-buttons.tsx';
import { refreshLead } from '../../api/get-lead.ts';
import classes from './timeline.module.css';

/** The text of a note; its author or a manager can edit and delete it. */
export function NoteLine({ line }: { line: Shape<'TimelineLine'> }) {
  const [draft, setDraft] = useState<string>();
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const params = { path: { id: line.note_id ?? '' } };
  const onError = (error: Error) => toast.error(asProblem(error), 'Could not change the note.');
  const changing = useMutation({
    mutationFn: (text: string) => api.PATCH('/v1/notes/{id}', { params, body: { text } }),
    onSuccess: (_, sent) => {
      refreshLead(client);
      setDraft((now) => (now === sent ? undefined : now));
    },
    onError,
  });
  const deleting = useMutation({
    mutationFn: () => api.DELETE('/v1/notes/{id}', { params }),
    onSuccess: () => {
      refreshLead(client);
      setAsking(false);
    },
    onError,
  });
  const save = () => {
    if (draft?.trim()) changing.mutate(draft);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
  };
  if (draft !== undefined)
    return (
      <Form className={classes.edit} aria-label="Edit the note" onSubmit={save} onClose={() => setDraft(undefined)}>
        <Textarea
          aria-label="Note"
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          autosize
          required
          autoFocus
        />
        <FormButtons
          className={classes.tools}
          action="Save note"
          isBusy={changing.isPending}
          onCancel={() => setDraft(undefined)}
        />
      </Form>
    );
  return (
    <>
      <p className={classes.note}>{line.text}</p>
      {line.may_change && (
        <div className={classes.tools} data-screen-only>
          <button type="button" className={classes.fold} onClick={() => setDraft(line.text ?? '')}>
            Edit
          </button>
          <button type="button" className={classes.fold} onClick={() => setAsking(true)}>
            Delete
          </button>
        </div>
      )}
      <ConfirmDanger
        opened={asking}
        title="Delete this note?"
        action="Delete note"
        busy={deleting.isPending}
        onConfirm={() => deleting.mutate()}
        onClose={() => setAsking(false)}
      >
        This cannot be undone. The timeline will show that a note was deleted and who deleted it.
      </ConfirmDanger>
    </>
  );
}

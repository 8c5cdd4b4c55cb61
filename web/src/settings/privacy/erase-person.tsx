import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { ConfirmDanger } from '../../ui/feedback/confirm-danger.tsx';
import { toast } from '../../ui/feedback/toast.tsx';

/** The phone or email that a person is looked up by. */
export interface Who {
  phone?: string;
  email?: string;
}

/** Erases a person, after their phone or email has been typed again. */
export function ErasePerson({ who, onErased }: { who: Who; onErased: () => void }): ReactNode {
  const client = useQueryClient();
  const [asks, setAsks] = useState(false);
  const [keepsNotes, setKeepsNotes] = useState(false);
  const erase = useMutation({
    mutationFn: () => body(api.POST('/v1/erasures', { body: { ...who, notes: keepsNotes ? 'keep' : 'erase' } })),
    onSuccess: async () => {
      toast.done('The person is being erased');
      await client.invalidateQueries({ queryKey: ['settings', 'erasures'] });
      onErased();
    },
    onError: (error) => toast.error(asProblem(error), 'Could not erase the person.'),
    onSettled: () => setAsks(false),
  });
  return (
    <div>
      <Button onClick={() => setAsks(true)}>Erase this person…</Button>
      <ConfirmDanger
        opened={asks}
        title="Erase this person everywhere?"
        action="Erase person"
        typed={who.email ?? who.phone ?? ''}
        busy={erase.isPending}
        onClose={() => setAsks(false)}
        onConfirm={() => erase.mutate()}
      >
        <p>
          This erases the person’s leads, enquiries, timelines, tasks, deals and calls, the contents of stored requests
          and responses, and mentions of the phone and email in other records. It cannot be undone. A certificate
          remains that does not identify the person.
        </p>
        <Checkbox
          label="Keep the notes on an anonymous lead, without the name, phone and email"
          checked={keepsNotes}
          onChange={(event) => setKeepsNotes(event.currentTarget.checked)}
        />
      </ConfirmDanger>
    </div>
  );
}

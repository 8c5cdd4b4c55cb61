import { Button } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { nameOf } from '../../leads/public.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import type { Claimed } from '../api/get-calls.ts';
import type { Desk } from '../desk/use-desk.ts';
import { useNote } from '../ending/use-note.ts';
import classes from './call.module.css';

/** Shown when the call went to another agent. The typed note is kept and can be added to the lead. */
export function LostClaim({ desk, claimed }: { desk: Desk; claimed: Claimed }) {
  const note = useNote(claimed.call.id);
  const [saving, setSaving] = useState(false);
  const keep = async () => {
    setSaving(true);
    try {
      await api.POST('/v1/leads/{id}/notes', { params: { path: { id: claimed.lead.id } }, body: { text: note.text } });
      note.forget();
      toast.done('Note added to the lead');
    } catch (error) {
      toast.error(asProblem(error), 'Could not save the note.');
    } finally {
      setSaving(false);
    }
  };
  return (
    <div className={classes.sheet}>
      <div role="alert" className={classes.lost}>
        <h2 className={classes.lostTitle}>Assigned to another agent</h2>
        <p>
          Another agent now has the call with {nameOf(claimed.lead)}.{note.text !== '' && ' Your note is kept here.'}
        </p>
      </div>
      {note.text !== '' && <blockquote className={classes.keptNote}>{note.text}</blockquote>}
      <div className={classes.footer}>
        {note.text !== '' && (
          <Button loading={saving} onClick={() => void keep()}>
            Add note to lead
          </Button>
        )}
        <Button variant="filled" onClick={() => desk.forgetLost()}>
          Continue
        </Button>
      </div>
    </div>
  );
}

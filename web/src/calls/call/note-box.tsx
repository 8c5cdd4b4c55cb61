import { Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useShortcuts } from '../../app/shortcuts.ts';
import type { Note } from '../ending/use-note.ts';
import classes from './call.module.css';

const LONGEST = 10_000;

/** The note on the call, saved while typing. Escape leaves the field so that keys choose outcomes again. */
export function NoteBox({ note }: { note: Note }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useShortcuts({ n: { label: 'Write a note', run: () => field.current?.focus() } });
  return (
    <div>
      <Textarea
        ref={field}
        label="Note"
        autosize
        classNames={{ input: classes.area }}
        minRows={3}
        maxRows={8}
        maxLength={LONGEST}
        value={note.text}
        onChange={(event) => note.write(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <p className={classes.kept} data-hint={note.text === '' || undefined}>
        {note.text === '' ? 'Press N to write, Esc to leave.' : note.kept ? 'Draft saved' : 'Saving the draft…'}
      </p>
    </div>
  );
}

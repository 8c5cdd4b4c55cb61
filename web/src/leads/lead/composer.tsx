import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { useMe } from '../../app/session.ts';
import { ErrorBar } from '../../ui/error-bar.tsx';
import { Segments } from '../../ui/segments.tsx';
import { toast } from '../../ui/toast.tsx';
import classes from './composer.module.css';
import { type Draft, emptyDraft, forgetDraft, keepDraft, keptDraft } from './draft.ts';
import { refreshLead } from './lead-queries.ts';
import type { Asked } from './use-lead-work.ts';
import { presets, toLocalInput } from './when.ts';

const modes = [
  { value: 'note', label: 'Note' },
  { value: 'call', label: 'Call log' },
  { value: 'task', label: 'Task' },
] as const;

/** Outcomes of a call that are offered; others can be typed. */
const outcomes = ['Reached', 'No answer', 'Busy', 'Left a message', 'Wrong number'];

interface Props {
  leadId: string;
  asked: Asked;
  /** How many times it was asked for and took the focus. */
  answered: { current: number };
}

/** Writes a note, keeps a call or plans a task. What is not saved yet is kept in this browser. */
export function Composer({ leadId, asked, answered }: Props) {
  const [draft, setDraft] = useState(() => keptDraft(leadId) ?? emptyDraft);
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const client = useQueryClient();
  const me = useMe().member.id;
  const saving = useMutation({
    mutationFn: () => send(leadId, draft, me),
    onSuccess: () => {
      forgetDraft(leadId);
      setDraft({ ...emptyDraft, mode: draft.mode });
      toast.done({ note: 'Note kept', call: 'Call kept', task: 'Task planned' }[draft.mode]);
      refreshLead(client);
    },
  });
  const write = (more: Partial<Draft>) => {
    const next = { ...draft, ...more };
    setDraft(next);
    keepDraft(leadId, next);
  };
  // Each time it is asked for it takes the focus once, in the field of what is to be written.
  useLayoutEffect(() => {
    if (answered.current === asked.times) return;
    if (draft.mode !== asked.mode) return write({ mode: asked.mode });
    answered.current = asked.times;
    field.current?.focus();
  });
  const ready = draft.mode === 'call' ? draft.outcome.trim() !== '' : draft.text.trim() !== '';
  const save = () => ready && !saving.isPending && saving.mutate();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      save();
    } else if (event.key === 'Escape' && event.target instanceof HTMLElement) {
      event.preventDefault();
      event.stopPropagation();
      event.target.blur();
      event.target.closest<HTMLElement>('aside, main')?.focus();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its fields take the keys
    <div className={classes.composer} onKeyDown={onKeyDown}>
      <Segments label="What to write" segments={modes} value={draft.mode} onChange={(mode) => write({ mode })} />
      {draft.mode === 'call' && <CallFields draft={draft} write={write} />}
      {draft.mode === 'task' ? (
        <TaskFields draft={draft} write={write} field={field} />
      ) : (
        <Textarea
          ref={field}
          aria-label={draft.mode === 'note' ? 'Note' : 'What was said'}
          placeholder={draft.mode === 'note' ? 'Write a note… (N)' : 'What was said…'}
          value={draft.text}
          onChange={(event) => write({ text: event.currentTarget.value })}
          autosize
          minRows={2}
          maxRows={12}
        />
      )}
      {saving.error && (
        <ErrorBar problem={asProblem(saving.error)} what="Not saved." kept="Your text is kept." onRetry={save} />
      )}
      {(ready || draft.text !== '') && (
        <div className={classes.actions}>
          <Button variant="filled" onClick={save} disabled={!ready} loading={saving.isPending} title="Ctrl Enter">
            {{ note: 'Save note', call: 'Save call', task: 'Add task' }[draft.mode]}
          </Button>
        </div>
      )}
    </div>
  );
}

interface Fields {
  draft: Draft;
  write: (more: Partial<Draft>) => void;
}

function CallFields({ draft, write }: Fields) {
  return (
    <div className={classes.row}>
      {outcomes.map((outcome) => (
        <button
          key={outcome}
          type="button"
          className={classes.chip}
          aria-pressed={draft.outcome === outcome}
          onClick={() => write({ outcome: draft.outcome === outcome ? '' : outcome })}
        >
          {outcome}
        </button>
      ))}
      <TextInput
        aria-label="Minutes spoken"
        placeholder="Minutes"
        inputMode="decimal"
        w={84}
        value={draft.minutes}
        onChange={(event) => write({ minutes: event.currentTarget.value })}
      />
    </div>
  );
}

function TaskFields({ draft, write, field }: Fields & { field: React.RefObject<HTMLInputElement | null> }) {
  return (
    <>
      <TextInput
        ref={field}
        aria-label="Task"
        placeholder="What is to be done…"
        value={draft.text}
        onChange={(event) => write({ text: event.currentTarget.value })}
      />
      <div className={classes.row}>
        {presets().map(({ label, at }) => (
          <button
            key={label}
            type="button"
            className={classes.chip}
            aria-pressed={draft.due === toLocalInput(at)}
            onClick={() => write({ due: toLocalInput(at) })}
          >
            {label}
          </button>
        ))}
        <input
          type="datetime-local"
          aria-label="Due"
          className={classes.when}
          value={draft.due}
          onChange={(event) => write({ due: event.currentTarget.value })}
        />
      </div>
    </>
  );
}

async function send(id: string, draft: Draft, me: string): Promise<void> {
  const params = { path: { id } };
  const text = draft.text.trim();
  if (draft.mode === 'note') await api.POST('/v1/leads/{id}/notes', { params, body: { text } });
  else if (draft.mode === 'call') {
    const minutes = Number(draft.minutes.replace(',', '.'));
    const talk_seconds = draft.minutes.trim() !== '' && minutes >= 0 ? Math.round(minutes * 60) : null;
    await api.POST('/v1/leads/{id}/call-log', { params, body: { outcome: draft.outcome, note: text, talk_seconds } });
  } else {
    const due_at = draft.due ? new Date(draft.due).toISOString() : null;
    await api.POST('/v1/leads/{id}/tasks', { params, body: { name: text, due_at, assignee: me } });
  }
}

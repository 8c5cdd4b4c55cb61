import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { ErrorBar } from '../../../ui/feedback/error-bar.tsx';
import { hasKeys } from '../../../ui/kbd.tsx';
import { Segments } from '../../../ui/segments.tsx';
import { MissingFields } from '../status/missing-fields.tsx';
import type { Asked } from '../use-lead-work.ts';
import { CallFields } from './call-fields.tsx';
import classes from './composer.module.css';
import { TaskFields } from './task-fields.tsx';
import { useComposer } from './use-composer.ts';

const modes = [
  { value: 'note', label: 'Note' },
  { value: 'call', label: 'Call log' },
  { value: 'task', label: 'Task' },
] as const;

interface Props {
  leadId: string;
  asked: Asked;
  /** The number of the last request to open the composer that has moved the focus here. */
  answered: { current: number };
}

/** Writes a note, logs a call or adds a task. Unsaved text is stored in this browser. */
export function Composer({ leadId, asked, answered }: Props) {
  const { draft, write, ending, isReady, isBusy, problem, asks, refusal, save, fillIn, giveUp } = useComposer(leadId);
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const outcome = useRef<HTMLButtonElement>(null);
  // Takes the focus once per request, in the field for the chosen mode.
  useLayoutEffect(() => {
    if (answered.current === asked.times) return;
    if (draft.mode !== asked.mode) return write({ mode: asked.mode });
    const target = draft.mode === 'call' ? outcome.current : field.current;
    // Outcomes may still be loading.
    if (!target) return;
    answered.current = asked.times;
    target.focus();
    // Writing goes on where a stored text ends.
    if (target === field.current) target.setSelectionRange(draft.text.length, draft.text.length);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      save();
    } else if (event.key === 'Escape' && !asks && event.target instanceof HTMLElement) {
      event.preventDefault();
      event.stopPropagation();
      event.target.blur();
      event.target.closest<HTMLElement>('aside, main')?.focus();
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its fields take the keys
    <div className={classes.composer} onKeyDown={onKeyDown} data-kept>
      <Segments label="Entry type" segments={modes} value={draft.mode} onChange={(mode) => write({ mode })} />
      {draft.mode === 'call' && <CallFields draft={draft} write={write} ending={ending} first={outcome} />}
      {draft.mode === 'task' ? (
        <TaskFields draft={draft} write={write} field={field} />
      ) : (
        <Textarea
          ref={field}
          aria-label={draft.mode === 'note' ? 'Note' : 'Call notes'}
          placeholder={draft.mode === 'note' ? `Write a note…${hasKeys ? ' (N)' : ''}` : 'Notes on the call…'}
          value={draft.text}
          onChange={(event) => write({ text: event.currentTarget.value })}
          autosize
          minRows={2}
          maxRows={12}
        />
      )}
      {problem && <ErrorBar problem={problem} what="Could not save." kept="Your text is kept." onRetry={save} />}
      {asks && (
        <MissingFields
          legend={`Required for ${ending.chosen?.name ?? 'this outcome'}`}
          asks={asks}
          refusal={refusal}
          action="Save call"
          busy={isBusy}
          onConfirm={fillIn}
          onCancel={giveUp}
        />
      )}
      {!asks && (isReady || draft.text !== '' || (draft.mode === 'call' && ending.chosen)) && (
        <div className={classes.actions}>
          <Button variant="filled" onClick={save} disabled={!isReady} loading={isBusy} title="Ctrl Enter">
            {{ note: 'Save note', call: 'Save call', task: 'Add task' }[draft.mode]}
          </Button>
        </div>
      )}
    </div>
  );
}

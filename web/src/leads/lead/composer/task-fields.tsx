import { TextInput } from '@mantine/core';
import type { RefObject } from 'react';
import type { Draft } from './draft.ts';
import { WhenField } from './when-field.tsx';

interface Props {
  draft: Draft;
  write: (more: Partial<Draft>) => void;
  field: RefObject<HTMLInputElement | null>;
}

/** The fields of a new task. */
export function TaskFields({ draft, write, field }: Props) {
  return (
    <>
      <TextInput
        ref={field}
        aria-label="Task"
        placeholder="What needs to be done…"
        value={draft.text}
        onChange={(event) => write({ text: event.currentTarget.value })}
      />
      <WhenField label="Due" value={draft.due} onChange={(due) => write({ due })} />
    </>
  );
}

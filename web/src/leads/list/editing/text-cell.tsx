import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { useFieldLabel } from '../../../app/lead-fields.ts';
import type { Lead } from '../../api/get-lead.ts';
import { nameOf } from '../../lead-name.ts';
import { Marked } from '../cells/cells.tsx';
import classes from './text-cell.module.css';
import { unsavedOf } from './unsaved-texts.ts';
import type { TextField } from './use-text-change.ts';
import type { TextEditing, TextStep } from './use-text-editing.ts';

interface Props {
  lead: Lead;
  field: TextField;
  sought: string | undefined;
  /** Undefined for people who may not change leads. */
  editing: TextEditing | undefined;
}

/** A text field of a lead, edited in place after a double click or Enter. */
export function TextCell({ lead, field, sought, editing }: Props) {
  const { now } = editing ?? {};
  const label = useFieldLabel();
  if (editing && now?.lead.id === lead.id && now.field === field)
    return (
      <TextEditor
        label={`${label(field)} of ${nameOf(lead)}`}
        value={now.unsaved?.typed ?? now.lead[field] ?? ''}
        isUnsaved={now.unsaved !== undefined}
        onEnd={(typed, step) => editing.end(now, typed, step)}
      />
    );
  const unsaved = editing && unsavedOf(editing.unsaved, { lead, field });
  const text = unsaved?.typed ?? (field === 'name' ? nameOf(lead) : lead.company_name);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keyboard's ways stand in the grid around it
    <span
      className={classes.text}
      data-field={field}
      data-blank={(lead[field] === null && !unsaved) || undefined}
      tabIndex={editing && -1}
      onDoubleClick={editing && (() => editing.begin(lead, field, true))}
    >
      <span className="clip">{text && <Marked text={text} sought={sought} />}</span>
      {unsaved && <span className={classes.unsaved}>Not saved</span>}
    </span>
  );
}

interface EditorProps {
  label: string;
  value: string;
  /** The value was typed before and could not be saved. */
  isUnsaved: boolean;
  /** `typed` is undefined if the text stays as it was. */
  onEnd: (typed: string | undefined, step: TextStep) => void;
}

/** An input in which Enter and Tab save and Escape cancels; clicking elsewhere or scrolling away saves too. */
function TextEditor({ label, value, isUnsaved, onEnd }: EditorProps) {
  const field = useRef<HTMLInputElement>(null);
  const typed = useRef(value);
  const ended = useRef(false);
  const end = (text: string | undefined, step: TextStep) => {
    if (ended.current) return;
    ended.current = true;
    onEnd(text, step);
  };
  const latest = useRef(end);
  latest.current = end;
  useLayoutEffect(() => {
    field.current?.focus();
    if (!isUnsaved) field.current?.select();
  }, [isUnsaved]);
  useEffect(
    () => () => {
      if (typed.current !== value) latest.current(typed.current, 'leave');
    },
    [value],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || !['Enter', 'Tab', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    if (event.key === 'Escape') end(undefined, 'stay');
    else end(typed.current, event.key === 'Enter' ? 'stay' : event.shiftKey ? 'back' : 'on');
  };
  return (
    <input
      ref={field}
      aria-label={label}
      aria-invalid={isUnsaved || undefined}
      className={classes.input}
      defaultValue={value}
      maxLength={LONGEST}
      onChange={({ currentTarget }) => {
        typed.current = currentTarget.value;
      }}
      onKeyDown={onKeyDown}
      onBlur={() => end(typed.current, 'leave')}
    />
  );
}

const LONGEST = 10_000;

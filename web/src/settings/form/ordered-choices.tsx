import { ActionIcon, Select } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import classes from './ordered-choices.module.css';

interface Option {
  value: string;
  label: string;
}

interface Props {
  label: string;
  about?: string | undefined;
  error?: string | undefined;
  options: readonly Option[];
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Chooses some items of a list and their order, with buttons to move them up and down. */
export function OrderedChoices({ label, about, error, options, value, onChange }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const nameOf = (one: string) => options.find((option) => option.value === one)?.label ?? 'Former member';
  const move = (from: number, to: number) => {
    const next = value.toSpliced(from, 1).toSpliced(to, 0, value[from] ?? '');
    onChange(next);
    // The focus follows the moved item; if the item can move no further, its other button gets the focus.
    setTimeout(() => {
      const buttons = list.current?.children[to]?.querySelectorAll<HTMLButtonElement>('[data-move]');
      const wanted = buttons?.[to < from ? 0 : 1];
      (wanted?.disabled ? buttons?.[to < from ? 1 : 0] : wanted)?.focus();
    });
  };
  const left = options.filter((option) => !value.includes(option.value));
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.label}>{label}</legend>
      {about && <p className="muted">{about}</p>}
      <ol ref={list} className="plain-list">
        {value.map((one, at) => (
          <li key={one} className={classes.row}>
            <span className={classes.place}>{at + 1}</span>
            <span className={classes.name}>{nameOf(one)}</span>
            <ActionIcon
              data-move
              aria-label={`Move ${nameOf(one)} up`}
              disabled={at === 0}
              onClick={() => move(at, at - 1)}
            >
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              data-move
              aria-label={`Move ${nameOf(one)} down`}
              disabled={at === value.length - 1}
              onClick={() => move(at, at + 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon aria-label={`Remove ${nameOf(one)}`} onClick={() => onChange(value.toSpliced(at, 1))}>
              <IconX size={16} />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {value.length === 0 && <p className="muted">No members yet.</p>}
      {left.length > 0 && (
        <Select
          size="xs"
          aria-label={`Add to: ${label}`}
          placeholder="Add…"
          data={[...left]}
          value={null}
          searchable
          selectFirstOptionOnChange
          onChange={(added) => added && onChange([...value, added])}
        />
      )}
      {error && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

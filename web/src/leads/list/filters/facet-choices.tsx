import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Choice, Choices } from '../../../ui/choices.tsx';
import classes from './filter-bar.module.css';

/** With more choices than this, a search field is shown. */
const MANY = 10;

interface Props {
  label: string;
  several: boolean;
  chosen: readonly string[];
  choices: readonly { id: string; name: string }[];
  /** How many leads each choice has, where that is counted. */
  counts?: ReadonlyMap<string, string>;
  onChoose: (values: string[]) => void;
}

/** Choices to tick, with a search field if there are many. */
export function FacetChoices({ label, several, chosen, choices, counts, onChoose }: Props) {
  const [sought, setSought] = useState('');
  const found = choices.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  const toggle = (id: string) => {
    if (!several) return onChoose([id]);
    // The URL may hold names as well as ids.
    const ids = chosen.map((one) => choices.find(({ name }) => name === one)?.id ?? one);
    onChoose(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]);
  };
  return (
    <>
      {choices.length > MANY && (
        <TextInput
          aria-label={`Search ${label}`}
          placeholder="Search"
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
          data-autofocus
        />
      )}
      <Choices label={label}>
        {found.map(({ id, name }) => (
          <Choice
            key={id}
            oneOf={several ? undefined : label}
            checked={chosen.includes(id) || chosen.includes(name)}
            onToggle={() => toggle(id)}
          >
            <span className="clip">{name}</span>
            {counts && counts.size > 0 && <span className={classes.tally}>{counts.get(id) ?? '0'}</span>}
          </Choice>
        ))}
        {found.length === 0 && <p className="muted">Nothing found</p>}
      </Choices>
    </>
  );
}

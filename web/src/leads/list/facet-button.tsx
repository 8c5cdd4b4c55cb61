import { Button, NumberInput, Popover, TextInput } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { LeadFilters } from '../filters.ts';
import { choose, chosenOf, type Facet, facets, useFacetChoices } from './facets.ts';
import classes from './filter-bar.module.css';

interface Props {
  facet: Facet;
  filters: LeadFilters;
  onChange: (change: Partial<LeadFilters>) => void;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** One way to narrow the list: what is chosen, a cross to let it go, and the choices. */
export function FacetButton({ facet, filters, onChange, opened, onOpened }: Props) {
  const { label } = facets[facet];
  const chosen = chosenOf(filters, facet);
  const isSet = chosen.length > 0;
  const choices = useFacetChoices(facet, opened || isSet);
  const [only] = chosen;
  const name = chosen.length === 1 ? (choices.find(({ id }) => id === only)?.name ?? only) : String(chosen.length);
  return (
    <span className={classes.facet} data-set={isSet || undefined}>
      <Popover opened={opened} onChange={onOpened} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <Button
            leftSection={<IconFilter size={14} aria-hidden />}
            className={classes.facetButton}
            onClick={() => onOpened(!opened)}
          >
            {isSet ? `${label}: ${name}` : label}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={label} className={classes.dropdown}>
          {facet === 'amount' ? (
            <Amounts filters={filters} onChange={onChange} />
          ) : (
            <Choices
              facet={facet}
              chosen={chosen}
              choices={choices}
              onChoose={(values) => {
                onChange(choose(facet, values));
                if (!facets[facet].several) onOpened(false);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      {isSet && (
        <button
          type="button"
          className={classes.clear}
          aria-label={`Clear ${label}`}
          onClick={() => onChange(choose(facet, []))}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}

/** More choices than these are searched through. */
const MANY = 10;

interface ChoicesProps {
  facet: Facet;
  chosen: readonly string[];
  choices: readonly { id: string; name: string }[];
  onChoose: (values: string[]) => void;
}

function Choices({ facet, chosen, choices, onChoose }: ChoicesProps) {
  const [sought, setSought] = useState('');
  const { label, several } = facets[facet];
  const found = choices.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  const toggle = (id: string) => {
    if (!several) return onChoose([id]);
    // An address may name what was chosen by name as well as by id.
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
      <fieldset className={classes.choices}>
        <legend className={classes.legend}>{label}</legend>
        {found.map(({ id, name }) => (
          <label key={id} className={classes.choice}>
            <input
              type={several ? 'checkbox' : 'radio'}
              name={facet}
              checked={chosen.includes(id) || chosen.includes(name)}
              onChange={() => toggle(id)}
            />
            <span className="clip">{name}</span>
          </label>
        ))}
        {found.length === 0 && <p className="muted">Nothing found</p>}
      </fieldset>
    </>
  );
}

function Amounts({ filters, onChange }: Pick<Props, 'filters' | 'onChange'>) {
  const number = (value: string | number) => (value === '' ? undefined : Number(value));
  return (
    <div className={classes.amounts}>
      <NumberInput
        label="At least"
        hideControls
        value={filters.amount_from ?? ''}
        onChange={(value) => onChange({ amount_from: number(value) })}
      />
      <NumberInput
        label="At most"
        hideControls
        value={filters.amount_to ?? ''}
        onChange={(value) => onChange({ amount_to: number(value) })}
      />
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { lazyPart } from '../../../app/lazy-part.tsx';
import type { LeadFilters } from '../../filters.ts';
import { choose, chosenOf, type Facet, useFacetChoices, useFacetLabel } from './facets.ts';
import classes from './filter-bar.module.css';

const FacetEditor = lazyPart(async () => (await import('./facet-editor.tsx')).FacetEditor, {
  floats: true,
  soon: true,
});

interface Props {
  facet: Facet;
  filters: LeadFilters;
  onChange: (change: Partial<LeadFilters>) => void;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** A filter as a button: its values, a cross to remove it, and a popover to change it. */
export function FacetButton({ opened, onOpened, ...filter }: Props) {
  const { facet, filters, onChange } = filter;
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const label = useFacetLabel()(facet);
  const chosen = chosenOf(filters, facet);
  const isSet = chosen.length > 0;
  const choices = useFacetChoices(facet, opened || isSet);
  const [only] = chosen;
  const name = chosen.length === 1 ? (choices.find(({ id }) => id === only)?.name ?? only) : String(chosen.length);
  return (
    <span className={classes.facet} data-set={isSet || undefined}>
      <Button
        ref={setButton}
        leftSection={<IconFilter size={14} aria-hidden />}
        className={classes.facetButton}
        aria-haspopup="dialog"
        aria-expanded={false}
        onClick={() => onOpened(!opened)}
      >
        {isSet ? `${label}: ${name}` : label}
      </Button>
      {opened && button && (
        <FacetEditor
          {...filter}
          button={button}
          label={label}
          choices={choices}
          onClose={() => {
            onOpened(false);
            button.focus({ preventScroll: true });
          }}
        />
      )}
      {isSet && (
        <button
          type="button"
          className={classes.clear}
          aria-label={`Clear ${label}`}
          onClick={() => onChange(choose(filters, facet, []))}
        >
          <IconX size={14} aria-hidden />
        </button>
      )}
    </span>
  );
}

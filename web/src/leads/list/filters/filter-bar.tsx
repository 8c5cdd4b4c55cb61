import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconPlus, IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { lazyPart } from '../../../app/lazy-part.tsx';
import { useShortcuts } from '../../../app/shortcuts.ts';
import { useOpener } from '../../../ui/opener.tsx';
import type { LeadFilters } from '../../filters.ts';
import { FacetButton } from './facet-button.tsx';
import { chosenOf, type Facet, facetsOf, otherFilters, usualFacets } from './facets.ts';
import classes from './filter-bar.module.css';

const FilterChoices = lazyPart(async () => (await import('./filter-choices.tsx')).FilterChoices, {
  floats: true,
  soon: true,
});

const TYPING_MS = 150;

interface Props {
  filters: LeadFilters;
  onChange: (change: Partial<LeadFilters>) => void;
  /** Shown at the right: the display settings. */
  children?: ReactNode;
}

/** The search field and the filters, all of them stored in the URL. */
export function FilterBar({ filters, onChange, children }: Props) {
  const [opened, setOpened] = useState<Facet>();
  const known = facetsOf(filters);
  const all = opened && !known.includes(opened) ? [...known, opened] : known;
  const shown = all.filter(
    (facet) => usualFacets.includes(facet) || facet === opened || chosenOf(filters, facet).length > 0,
  );
  const others = otherFilters(filters).filter(({ key }) => key !== 'q');
  return (
    <div className={classes.bar}>
      <SearchBox value={filters.q ?? ''} onChange={(q) => onChange({ q: q || undefined })} />
      <div className={classes.facets}>
        {shown.map((facet) => (
          <FacetButton
            key={facet}
            facet={facet}
            filters={filters}
            onChange={onChange}
            opened={facet === opened}
            onOpened={(now) => setOpened(now ? facet : undefined)}
          />
        ))}
        {others.map(({ key, words }) => (
          <span key={key} className={classes.facet} data-set>
            <span className={classes.words}>{words}</span>
            <button
              type="button"
              className={classes.clear}
              aria-label={`Clear ${words}`}
              onClick={() => onChange({ [key]: undefined })}
            >
              <IconX size={14} aria-hidden />
            </button>
          </span>
        ))}
        <MoreFilters shown={shown} onChoose={setOpened} />
      </div>
      {children && <div className={classes.right}>{children}</div>}
    </div>
  );
}

/** Offers the filters that have no button yet. */
function MoreFilters(choices: { shown: readonly Facet[]; onChoose: (facet: Facet) => void }) {
  const { opened, props } = useOpener('menu');
  return (
    <>
      <Button leftSection={<IconPlus size={14} aria-hidden />} className={classes.more} {...props}>
        Filter
      </Button>
      {opened && <FilterChoices {...choices} {...opened} />}
    </>
  );
}

function SearchBox({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const box = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback(onChange, TYPING_MS);
  useShortcuts({ '/': { label: 'Search leads', run: () => box.current?.focus() } });
  // Follows changes made elsewhere, unless the person is typing.
  useEffect(() => {
    if (document.activeElement !== box.current) setTyped(value);
  }, [value]);
  return (
    <TextInput
      ref={box}
      type="search"
      aria-label="Search leads"
      placeholder="Search name, phone, company"
      leftSection={<IconSearch size={14} aria-hidden />}
      className={classes.search}
      value={typed}
      onKeyDown={(event) => {
        if ((event.key !== 'ArrowDown' && event.key !== 'Enter') || event.nativeEvent.isComposing) return;
        event.preventDefault();
        document.querySelector<HTMLElement>('#main :is([role="row"], [data-rfd-draggable-id])[tabindex="0"]')?.focus();
      }}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        later(currentTarget.value.trim());
      }}
    />
  );
}

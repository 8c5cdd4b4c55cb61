import { Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import { MenuOutside } from '../../../ui/menu-outside.tsx';
import type { Opened } from '../../../ui/opener.tsx';
import { SearchedItems } from '../../../ui/searched-items.tsx';
import { useCustomFields } from '../../api/get-reference-data.ts';
import { allFacets, customFacet, type Facet, useFacetLabel } from './facets.ts';
import classes from './filter-bar.module.css';

/** With more filters than this, a search field is shown. */
const MANY = 14;

interface Props {
  /** Filters that have a button already. */
  shown: readonly Facet[];
  onChoose: (facet: Facet) => void;
}

/** The menu of filters that have no button yet, custom fields included. */
export function FilterChoices({ shown, onChoose, ...opened }: Opened & Props) {
  return (
    <MenuOutside {...opened} className={classes.menu} position="bottom-start" returnFocus={false}>
      <Ways shown={shown} onChoose={onChoose} />
    </MenuOutside>
  );
}

function Ways({ shown, onChoose }: Props) {
  const [sought, setSought] = useState('');
  const labelOf = useFacetLabel();
  const own = useCustomFields().map(({ name }) => customFacet(name));
  const found = (facets: readonly Facet[]) =>
    facets.filter(
      (facet) => !shown.includes(facet) && labelOf(facet).toLowerCase().includes(sought.trim().toLowerCase()),
    );
  const known = found(allFacets);
  const fields = found(own);
  const items = (facets: readonly Facet[]) =>
    facets.map((facet) => (
      <Menu.Item key={facet} onClick={() => onChoose(facet)}>
        <span className="clip">{labelOf(facet)}</span>
      </Menu.Item>
    ));
  const all = (
    <>
      {items(known)}
      {fields.length > 0 && known.length > 0 && <Menu.Divider />}
      {fields.length > 0 && <Menu.Label>Custom fields</Menu.Label>}
      {items(fields)}
      {known.length + fields.length === 0 && <Menu.Label>Nothing found</Menu.Label>}
    </>
  );
  if (allFacets.length + own.length <= MANY) return all;
  return (
    <>
      <TextInput
        className={classes.sought}
        aria-label="Search filters"
        placeholder="Search"
        value={sought}
        onChange={({ currentTarget }) => setSought(currentTarget.value)}
        data-autofocus
      />
      <SearchedItems label="Filters">{all}</SearchedItems>
    </>
  );
}

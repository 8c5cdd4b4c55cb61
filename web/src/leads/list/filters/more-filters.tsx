import { Button, Menu, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useCustomFields } from '../../api/get-reference-data.ts';
import { allFacets, customFacet, type Facet, useFacetLabel } from './facets.ts';
import classes from './filter-bar.module.css';

/** With more filters than this there is a search field. */
const MANY = 14;

interface Props {
  /** Filters that have a button already. */
  shown: readonly Facet[];
  onChoose: (facet: Facet) => void;
}

/** The menu of filters that have no button yet, custom fields included. */
export function MoreFilters(props: Props) {
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button leftSection={<IconPlus size={14} aria-hidden />} className={classes.more}>
          Filter
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        <Ways {...props} />
      </Menu.Dropdown>
    </Menu>
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
  return (
    <>
      {allFacets.length + own.length > MANY && (
        <TextInput
          className={classes.sought}
          aria-label="Search filters"
          placeholder="Search"
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
          data-autofocus
        />
      )}
      {items(known)}
      {fields.length > 0 && known.length > 0 && <Menu.Divider />}
      {fields.length > 0 && <Menu.Label>Your fields</Menu.Label>}
      {items(fields)}
      {known.length + fields.length === 0 && <Menu.Label>Nothing found</Menu.Label>}
    </>
  );
}

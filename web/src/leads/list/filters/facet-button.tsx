import { Button, Popover } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import type { LeadFilters } from '../../filters.ts';
import { CustomEditor } from './custom-field-editor.tsx';
import { FacetChoices } from './facet-choices.tsx';
import {
  choose,
  chosenOf,
  customNameOf,
  type Facet,
  takesSeveral,
  useChoiceCounts,
  useFacetChoices,
  useFacetLabel,
} from './facets.ts';
import classes from './filter-bar.module.css';
import { Amounts, Days } from './range-editors.tsx';

interface Props {
  facet: Facet;
  filters: LeadFilters;
  onChange: (change: Partial<LeadFilters>) => void;
  opened: boolean;
  onOpened: (opened: boolean) => void;
}

/** A filter as a button: its values, a cross to remove it, and a popover to change it. */
export function FacetButton({ facet, filters, onChange, opened, onOpened }: Props) {
  const label = useFacetLabel()(facet);
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
          <Editor
            facet={facet}
            label={label}
            filters={filters}
            choices={choices}
            onChange={onChange}
            onDone={() => onOpened(false)}
          />
        </Popover.Dropdown>
      </Popover>
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

interface EditorProps extends Pick<Props, 'facet' | 'filters' | 'onChange'> {
  label: string;
  choices: ReturnType<typeof useFacetChoices>;
  onDone: () => void;
}

/** The editor of a filter. */
function Editor({ facet, label, filters, choices, onChange, onDone }: EditorProps) {
  const own = customNameOf(facet);
  const counts = useChoiceCounts(facet, filters, true);
  const set = (values: readonly string[]) => onChange(choose(filters, facet, values));
  if (own !== undefined)
    return (
      <CustomEditor
        name={own}
        value={chosenOf(filters, facet)[0]}
        onChange={(value) => set(value === undefined ? [] : [value])}
      />
    );
  if (facet === 'amount') return <Amounts filters={filters} onChange={onChange} />;
  return (
    <>
      <FacetChoices
        label={label}
        several={takesSeveral(facet)}
        chosen={chosenOf(filters, facet)}
        choices={choices}
        counts={counts}
        onChoose={(values) => {
          set(values);
          if (!takesSeveral(facet)) onDone();
        }}
      />
      {facet === 'created' && <Days filters={filters} onChange={onChange} />}
    </>
  );
}

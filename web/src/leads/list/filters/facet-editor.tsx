import { Popover } from '@mantine/core';
import { ButtonOutside, type Opened } from '../../../ui/opener.tsx';
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
  type useFacetChoices,
} from './facets.ts';
import classes from './filter-bar.module.css';
import { Amounts, Days } from './range-editors.tsx';

/** The popover in which a filter is changed, below the filter's button. */
export function FacetEditor({ button, onClose, ...editor }: Opened & Omit<EditorProps, 'onDone'>) {
  return (
    <Popover opened onChange={onClose} position="bottom-start" trapFocus>
      <Popover.Target>
        <ButtonOutside button={button} />
      </Popover.Target>
      <Popover.Dropdown aria-label={editor.label} className={classes.dropdown}>
        <Editor {...editor} onDone={onClose} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface EditorProps {
  facet: Facet;
  filters: LeadFilters;
  onChange: (change: Partial<LeadFilters>) => void;
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

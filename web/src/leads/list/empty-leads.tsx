import { Button } from '@mantine/core';
import { IconClipboardText, IconPlugConnected, IconUserPlus, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { RunningJob } from '../../app/job-dialog.tsx';
import { useMay } from '../../app/session.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { toast } from '../../ui/feedback/toast.tsx';
import type { LeadFilters } from '../filters.ts';
import classes from './empty-leads.module.css';
import {
  choose,
  chosenOf,
  type Facet,
  facetsOf,
  otherFilters,
  useFacetChoices,
  useFacetLabel,
} from './filters/facets.ts';

const SAMPLES = 200;

/** Shown while there are no leads at all: how to get the first ones. */
export function NoLeads() {
  const [job, setJob] = useState<string>();
  const mayWork = useMay('work leads');
  const mayAdminister = useMay('administer');
  const load = async () => {
    try {
      setJob((await body(api.POST('/v1/demo', { body: { leads: SAMPLES } }))).id);
    } catch (error) {
      toast.error(asProblem(error), 'Could not create sample leads.');
    }
  };
  return (
    <EmptyState title="No leads yet" text="Leads appear here once a website form, a partner or a dialler is connected.">
      {mayAdminister && (
        <Button component={Link} to="/connections" leftSection={<IconPlugConnected size={16} />}>
          Connect a website form
        </Button>
      )}
      {mayAdminister && (
        <Button
          component={Link}
          to="/leads"
          search={{ paste: 1 } as never}
          leftSection={<IconClipboardText size={16} />}
        >
          Paste a curl command
        </Button>
      )}
      {mayWork && (
        <Button component={Link} to="/leads" search={{ new: 1 } as never} leftSection={<IconUserPlus size={16} />}>
          Add a lead
        </Button>
      )}
      {mayAdminister && (
        <div className={classes.samples}>
          {job ? (
            <RunningJob id={job} label="Sample leads" />
          ) : (
            <Button variant="subtle" onClick={() => void load()}>{`Load ${SAMPLES} sample leads`}</Button>
          )}
        </div>
      )}
    </EmptyState>
  );
}

/** Shown when no lead matches the filters, with a button to remove each filter. */
export function NoMatches({
  filters,
  onChange,
  onClear,
}: {
  filters: LeadFilters;
  onChange: (change: Partial<LeadFilters>) => void;
  onClear: () => void;
}) {
  const set = facetsOf(filters).filter((facet) => chosenOf(filters, facet).length > 0);
  return (
    <EmptyState title="No leads match">
      <ul className={classes.chips} aria-label="Active filters">
        {otherFilters(filters).map(({ key, words }) => (
          <Chip key={key} words={words} onRemove={() => onChange({ [key]: undefined })} />
        ))}
        {set.map((facet) => (
          <FacetChip
            key={facet}
            facet={facet}
            filters={filters}
            onRemove={() => onChange(choose(filters, facet, []))}
          />
        ))}
      </ul>
      <Button onClick={onClear}>Clear all</Button>
    </EmptyState>
  );
}

function FacetChip({ facet, filters, onRemove }: { facet: Facet; filters: LeadFilters; onRemove: () => void }) {
  const choices = useFacetChoices(facet, true);
  const labelOf = useFacetLabel();
  const names = chosenOf(filters, facet).map((one) => choices.find(({ id }) => id === one)?.name ?? one);
  return <Chip words={`${labelOf(facet)}: ${names.join(', ')}`} onRemove={onRemove} />;
}

function Chip({ words, onRemove }: { words: string; onRemove: () => void }) {
  return (
    <li className={classes.chip}>
      <span className="clip">{words}</span>
      <button type="button" className="icon-button" aria-label={`Remove ${words}`} onClick={onRemove}>
        <IconX size={14} aria-hidden />
      </button>
    </li>
  );
}

import { Button, CloseButton, NativeSelect, Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Shape } from '../../api/client.ts';
import { useDialects } from '../../app/dialects.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Form } from '../../ui/form/form.tsx';
import { Segments } from '../../ui/segments.tsx';
import { chipsOf, grouped, type JournalSearch, readBox, type SegmentName } from '../journal-search.ts';
import classes from './journal-bars.module.css';
import { MoreFilters } from './more-filters.tsx';
import { TimeFilter } from './time-filter.tsx';
import { moment } from './times.ts';

interface Props {
  search: JournalSearch;
  summary: Shape<'SubmissionSummary'> | undefined;
  go: (change: Partial<JournalSearch>) => void;
}

const labels = {
  all: 'All',
  accepted: 'Accepted',
  matched: 'Matched',
  refused: 'Refused',
  failed: 'Failed',
  test: 'Test',
} as const;

/** The counts by outcome and the filters of the journal. */
export function JournalBars({ search, summary, go }: Props) {
  const dialects = useDialects().map(({ name, title }) => ({ value: name, label: title }));
  return (
    <>
      <Segments<SegmentName | 'all'>
        label="Outcome"
        value={search.outcome ?? 'all'}
        onChange={(value) => go({ outcome: value === 'all' ? undefined : value, group: undefined })}
        segments={(Object.keys(labels) as (keyof typeof labels)[]).map((value) => segment(value, summary))}
      />
      <div className={classes.filters}>
        <SearchBox go={go} />
        <NativeSelect
          aria-label="Via"
          value={search.dialect ?? ''}
          onChange={({ currentTarget }) => go({ dialect: currentTarget.value })}
          data={[{ value: '', label: 'All sources' }, ...dialects]}
        />
        <TimeFilter search={search} go={go} />
        <MoreFilters search={search} go={go} />
        <Switch
          label="Group by error"
          checked={search.group === true}
          onChange={({ currentTarget }) => go(grouped(currentTarget.checked))}
        />
      </div>
      <Chips search={search} go={go} />
      {summary?.visible_leads_only && (
        <p className={classes.counted}>
          You only see requests for leads that you can see. Refused requests have no lead, so only members who can see
          all leads see them.
        </p>
      )}
      {summary?.searched_to && (
        <p className={classes.counted}>
          These numbers go back to {moment(summary.searched_to)}. Older requests are not counted.
        </p>
      )}
    </>
  );
}

/** A segment with its count. The server stops counting at a limit; a count that has reached it gets a plus sign. */
function segment(value: keyof typeof labels, summary: Props['summary']) {
  const count = summary?.[value];
  const isWhole = count !== undefined && count < (summary?.count_limit ?? 0);
  const more = count !== undefined && !isWhole ? ` ${count.toLocaleString()}+` : '';
  const alarm = (value === 'refused' || value === 'failed') && (count ?? 0) > 0;
  return { value, label: labels[value] + more, alarm, ...(isWhole && { count }) };
}

function SearchBox({ go }: Pick<Props, 'go'>) {
  const box = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  useShortcuts({ '/': { label: 'Search requests', run: () => box.current?.focus() } });
  const submit = () => {
    if (text.trim() === '') return;
    go({ phone: undefined, email: undefined, request: undefined, path: undefined, ...readBox(text) });
    setText('');
  };
  return (
    <Form role="search" className={classes.search} onSubmit={submit}>
      <TextInput
        ref={box}
        type="search"
        aria-label="Search by phone, email, path or request number"
        placeholder="Phone, email, path or request"
        leftSection={<IconSearch size={14} aria-hidden />}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </Form>
  );
}

function Chips({ search, go }: Pick<Props, 'search' | 'go'>) {
  const chips = chipsOf(search);
  if (chips.length === 0) return null;
  const none = Object.fromEntries(chips.map(({ name }) => [name, undefined]));
  return (
    <ul className={classes.chips} aria-label="Active filters">
      {chips.map(({ name, words }) => (
        <li key={name} className={classes.chip}>
          <span className="clip">{words}</span>
          <CloseButton size={24} aria-label={`Remove ${words}`} onClick={() => go({ [name]: undefined })} />
        </li>
      ))}
      <li>
        <Button variant="subtle" onClick={() => go(none)}>
          Clear all
        </Button>
      </li>
    </ul>
  );
}

import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMembers } from '../app/members.ts';
import { useChoices } from '../leads/public.ts';
import { Segments } from '../ui/segments.tsx';
import classes from './reports.module.css';
import { type RangeName, type ReportSearch, ranges, USUAL_RANGE } from './search.ts';

interface Props {
  search: ReportSearch;
  /** The days that the reports cover. */
  shown: { from: string; to: string } | undefined;
  go: (change: Partial<ReportSearch>) => void;
}

/** The date range, comparison and filters of the reports. */
export function ReportBars({ search, shown, go }: Props) {
  const isOwn = Boolean(search.from ?? search.to);
  return (
    <div className={classes.filters}>
      <Segments<RangeName | 'own'>
        label="Period"
        value={isOwn ? 'own' : (search.range ?? USUAL_RANGE)}
        onChange={(value) =>
          go(
            value === 'own'
              ? { range: undefined, from: shown?.from, to: shown?.to }
              : { range: value === USUAL_RANGE ? undefined : value, from: undefined, to: undefined },
          )
        }
        segments={[
          ...(Object.entries(ranges) as [RangeName, string][]).map(([value, label]) => ({ value, label })),
          { value: 'own', label: 'Custom' },
        ]}
      />
      {isOwn && <OwnDays search={search} go={go} />}
      <Choices search={search} go={go} />
      <Switch
        label="Compare with previous period"
        checked={search.compare === true}
        onChange={({ currentTarget }) => go({ compare: currentTarget.checked || undefined })}
      />
    </div>
  );
}

function OwnDays({ search, go }: Pick<Props, 'search' | 'go'>) {
  return (['from', 'to'] as const).map((end) => (
    <TextInput
      key={end}
      type="date"
      aria-label={end === 'from' ? 'From' : 'To'}
      value={search[end] ?? ''}
      {...(end === 'from' ? { max: search.to } : { min: search.from })}
      onChange={({ currentTarget }) => go({ [end]: currentTarget.value || undefined })}
    />
  ));
}

function Choices({ search, go }: Pick<Props, 'search' | 'go'>) {
  const departments = useChoices('department');
  const sources = useChoices('source');
  const members = useMembers();
  const nobody = { id: 'none', name: 'Unassigned' };
  const choices = [
    ['department', 'All departments', departments],
    ['source', 'All sources', sources],
    ['owner', 'All owners', [nobody, ...members]],
  ] as const;
  return choices.map(([name, all, items]) => (
    <NativeSelect
      key={name}
      aria-label={all}
      value={search[name] ?? ''}
      onChange={({ currentTarget }) => go({ [name]: currentTarget.value || undefined })}
      data={[
        { value: '', label: all },
        ...items.map((item) => ({ value: item.id, label: item.name })),
        ...unknown(search[name], items),
      ]}
    />
  ));
}

/** An option for a value that is not in the list: a URL may hold several values, or a name instead of an id. */
function unknown(value: string | undefined, items: readonly { id: string }[]) {
  if (value === undefined || items.some(({ id }) => id === value)) return [];
  const names = value.split(',');
  return [{ value, label: names.length > 1 ? `${names.length} selected` : value }];
}

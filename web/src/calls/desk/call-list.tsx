import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Shape } from '../../api/client.ts';
import { filtersOfQuery, useViews } from '../../leads/public.ts';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import classes from '../calls.module.css';
import type { CallSearch } from '../search.ts';
import type { Desk } from './use-desk.ts';
import { Start } from './waiting.tsx';

type ListToCall = Shape<'CallList'>;

const whyPassed = {
  do_not_call: 'marked do not call',
  no_phone: 'without a phone number',
  not_a_number: 'with an invalid phone number',
  outside_hours: 'outside calling hours',
  done: 'already called or skipped',
  held: 'with another agent',
  callback: 'with a callback planned for later',
} as const satisfies Record<ListToCall['passed_over'][number]['why'], string>;

/** `12 passed over: 8 outside calling hours, 4 do not call`; empty if no lead is passed over. */
function passedWords({ passed_over }: ListToCall): string {
  const all = passed_over.reduce((sum, { count }) => sum + count, 0);
  if (all === 0) return '';
  const most = [...passed_over].sort((a, b) => b.count - a.count);
  return `${all.toLocaleString()} left out: ${most.map(({ why, count }) => `${count.toLocaleString()} ${whyPassed[why]}`).join(', ')}`;
}

const moreWords = ({ has_more }: ListToCall) => (has_more ? 'Only the first 1,000 leads in the list are checked.' : '');

const leadsWords = (count: number) => `${count.toLocaleString()} ${count === 1 ? 'lead' : 'leads'} to call`;

/** The name of the list that is being called. */
export function useListName({ leads = '', view }: CallSearch): string {
  const { views } = useViews();
  const saved = views.find(({ id }) => id === view);
  return saved?.name ?? (leads === '' ? 'All leads' : 'Filtered leads');
}

/** How many leads are to be called and how many are passed over, with a link back to the list. */
export function ListFigures({ search, list }: { search: CallSearch; list: ListToCall | undefined }) {
  const words = list && [leadsWords(list.to_call), passedWords(list), moreWords(list)].filter(Boolean);
  return (
    <div className={classes.figures}>
      <p role="status" className={classes.numbers}>
        {words?.join(' · ') ?? ' '}
      </p>
      <BackToList search={search} />
    </div>
  );
}

function BackToList({ search: { leads = '', view } }: { search: CallSearch }) {
  return (
    <Link to="/leads" search={{ ...filtersOfQuery(leads), ...(view && { view }) }} className={classes.team}>
      Back to the list
    </Link>
  );
}

/** Shown while the agent has no call from the list: a button to start, or why there is nobody to call. */
export function ListWaiting({ desk, search, list }: { desk: Desk; search: CallSearch; list: ListToCall | undefined }) {
  if (desk.state === 'offline' || desk.state === 'paused')
    return <Start desk={desk} text={list ? `${leadsWords(list.to_call)}, in list order.` : ''} />;
  if (!list || list.to_call > 0) return <EmptyState title="Fetching the next lead…" text="" />;
  const passed = passedWords(list);
  return (
    <EmptyState
      title="No leads left to call in this list"
      text={`${passed ? `${passed}.` : 'The list is empty.'} ${moreWords(list)} Leads that can be called again appear here automatically.`}
    >
      <Button
        component={Link}
        to="/leads"
        search={{ ...filtersOfQuery(search.leads ?? ''), ...(search.view && { view: search.view }) } as never}
      >
        Back to the list
      </Button>
    </EmptyState>
  );
}

import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconArrowRight, IconBolt, IconSearch, IconUser } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { type Shortcut, useAllShortcuts } from '../shortcuts.ts';
import classes from './palette.module.css';

const shownLeads = 6;
const LONGEST_OPENING_MS = 2_000;

const [store, spotlight] = createSpotlight();

/** Adds to the search text; set while the palette is on the page. */
let write: (text: string) => void = () => {};

/** Opens the command palette. What is typed before its field has the focus goes into the field all the same. */
export function openPalette(): void {
  spotlight.open();
  const stop = () => window.removeEventListener('keydown', hold, { capture: true });
  const hold = (event: KeyboardEvent) => {
    if (document.activeElement?.closest('[data-palette]')) return stop();
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    write(event.key);
  };
  window.addEventListener('keydown', hold, { capture: true });
  setTimeout(stop, LONGEST_OPENING_MS);
}

/** The command palette: finds leads by name, phone or email, and every action of the current page. */
export function Palette() {
  const [query, setQuery] = useState('');
  const [list, setList] = useState<HTMLElement | null>(null);
  useEffect(() => {
    write = (text) => setQuery((before) => before + text);
  }, []);
  const navigate = useNavigate();
  const leads = useLeads(query);
  const actions = useActions(query);
  useFirstChosen(list, [query, ...leads.map(({ id }) => id), ...actions.map(([key]) => key)].join('\n'));
  // Runs after the palette has closed and returned the focus, since the action may move it.
  const later = (run: () => void) => () => void setTimeout(run, 150);
  const openLead = (id: string) => later(() => void navigate({ to: '/leads', search: { lead: id } }));
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      zIndex={300}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      transitionProps={{ duration: 100 }}
      centered={false}
      classNames={{ actionsGroup: classes.group }}
      attributes={{ content: { 'aria-label': 'Search or jump to', 'data-palette': true } }}
    >
      <Spotlight.Search placeholder="Search leads, or jump to…" leftSection={<IconSearch size={16} />} />
      <Spotlight.ActionsList ref={setList}>
        {leads.length > 0 && (
          <Spotlight.ActionsGroup label="Leads">
            {leads.map((lead) => (
              <Spotlight.Action
                key={lead.id}
                label={lead.name ?? lead.phone ?? lead.email ?? lead.id}
                description={[lead.company_name, lead.phone, lead.email].filter(Boolean).join(' · ')}
                leftSection={<IconUser size={16} />}
                onClick={openLead(lead.id)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {actions.length > 0 && (
          <Spotlight.ActionsGroup label="Do">
            {actions.map(([key, { label, run }]) => (
              <Spotlight.Action
                key={key}
                label={label}
                leftSection={key.startsWith('g ') ? <IconArrowRight size={16} /> : <IconBolt size={16} />}
                rightSection={<Kbd keys={key} />}
                onClick={later(run)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {leads.length + actions.length === 0 && <Spotlight.Empty>Nothing found</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Chooses the first hit whenever the hits change, so that Enter takes it. */
function useFirstChosen(list: HTMLElement | null, hits: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other hits are shown
  useEffect(() => {
    for (const chosen of list?.querySelectorAll('[data-selected]') ?? []) chosen.removeAttribute('data-selected');
    list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
    store.updateState((state) => ({ ...state, selected: 0 }));
  }, [hits, list]);
}

function useLeads(query: string) {
  const [q] = useDebouncedValue(query.trim(), 120);
  const { data } = useQuery({
    queryKey: ['leads', 'palette', q],
    queryFn: () => body(api.GET('/v1/leads', { params: { query: { q, limit: shownLeads } } })),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  });
  return q.length > 1 ? (data?.data ?? []) : [];
}

/** The shortcuts of the current page, as entries of the palette. */
function useActions(query: string): [string, Shortcut][] {
  const wanted = query.trim().toLowerCase();
  return useAllShortcuts().filter(
    ([key, { label }]) => key !== 'mod+k' && key !== 'Escape' && label.toLowerCase().includes(wanted),
  );
}

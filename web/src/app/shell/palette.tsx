import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconArrowRight, IconBolt, IconSearch, IconUser } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { type Shortcut, useAllShortcuts } from '../shortcuts.ts';
import classes from './palette.module.css';

const shownLeads = 6;

const [store, spotlight] = createSpotlight();

/** Opens the command palette. */
export const openPalette = spotlight.open;

/** The command palette: finds leads by name, phone or email, and every action of the current page. */
export default function Palette() {
  const [query, setQuery] = useState('');
  const navigate = useNavigate();
  const leads = useLeads(query);
  const actions = useActions(query);
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
      attributes={{ content: { 'aria-label': 'Search or jump to' } }}
    >
      <Spotlight.Search placeholder="Search leads, or jump to…" leftSection={<IconSearch size={16} />} />
      <Spotlight.ActionsList>
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

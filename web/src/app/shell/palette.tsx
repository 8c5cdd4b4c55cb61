import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowRight, IconBolt, IconSearch, IconUser } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { useLayer } from '../../ui/layers.ts';
import { useAllShortcuts } from '../shortcuts.ts';
import classes from './palette.module.css';
import { Group, type Hit, idOf } from './palette-group.tsx';

const shownLeads = 6;

/** Opens the palette; does nothing until the palette is mounted. */
let show: () => void = () => {};

/** Opens the command palette. Its field takes the focus at once, so that no key pressed next is lost. */
export function openPalette(): void {
  show();
}

/**
 * The command palette: finds leads by name, phone or email, and every action of the current page. It uses the browser's
 * native dialog, which opens without waiting for anything to be loaded or rendered.
 */
export function Palette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [opened, setOpened] = useState(false);
  const [query, setQuery] = useState('');
  const close = () => dialog.current?.close();
  useEffect(() => {
    show = () => {
      if (!dialog.current?.open) dialog.current?.showModal();
      setOpened(true);
    };
  }, []);
  useLayer(close, opened);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it with Escape
    <dialog
      ref={dialog}
      className={classes.palette}
      aria-label="Search or jump to"
      {...(opened && { 'aria-modal': true, 'data-layer': true })}
      onClose={() => {
        setOpened(false);
        setQuery('');
      }}
      onClick={({ target }) => target === dialog.current && close()}
    >
      <Finder query={query} onQuery={setQuery} opened={opened} onClose={close} />
    </dialog>
  );
}

interface FinderProps {
  query: string;
  onQuery: (query: string) => void;
  opened: boolean;
  onClose: () => void;
}

/** The search field with its hits, one of which is always highlighted. */
function Finder({ query, onQuery, opened, onClose }: FinderProps) {
  const leads = useLeads(query);
  const actions = useActions(query);
  const hits = opened ? [...leads, ...actions] : [];
  const [chosen, setChosen] = useChosen(hits);
  const take = (hit: Hit | undefined) => {
    if (!hit) return;
    // Closing restores the focus, which the action may then move.
    onClose();
    hit.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== 'Enter') return;
    event.preventDefault();
    if (step === undefined) take(hits[chosen]);
    else if (hits.length > 0) setChosen((chosen + step + hits.length) % hits.length);
  };
  return (
    <>
      <div className={classes.field}>
        <IconSearch size={16} aria-hidden />
        <input
          role="combobox"
          aria-label="Search or jump to"
          aria-expanded={opened}
          aria-controls="palette-hits"
          aria-activedescendant={hits.length > 0 ? idOf(chosen) : undefined}
          aria-autocomplete="list"
          placeholder="Search leads, or jump to…"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={({ currentTarget }) => onQuery(currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id="palette-hits" role="listbox" aria-label="Results" className={classes.hits}>
        {(['Leads', 'Actions'] as const).map((group) => (
          <Group key={group} name={group} hits={hits} chosen={chosen} onTake={take} />
        ))}
      </div>
      {opened && hits.length === 0 && (
        <p role="status" className={classes.none}>
          Nothing found
        </p>
      )}
    </>
  );
}

/** The index of the highlighted hit: back to the first one whenever the hits change, so that Enter takes it. */
function useChosen(hits: readonly Hit[]): [chosen: number, choose: (at: number) => void] {
  const [chosen, setChosen] = useState(0);
  const known = hits.map(({ key }) => key).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever other hits are shown
  useEffect(() => setChosen(0), [known]);
  useEffect(() => {
    document.getElementById(idOf(chosen))?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return [Math.min(chosen, Math.max(hits.length - 1, 0)), setChosen];
}

function useLeads(query: string): Hit[] {
  const navigate = useNavigate();
  const [q] = useDebouncedValue(query.trim(), 120);
  const { data } = useQuery({
    queryKey: ['leads', 'palette', q],
    queryFn: () => body(api.GET('/v1/leads', { params: { query: { q, limit: shownLeads } } })),
    enabled: q.length > 1,
    placeholderData: keepPreviousData,
  });
  if (q.length < 2) return [];
  return (data?.data ?? []).map((lead) => ({
    key: lead.id,
    group: 'Leads',
    label: lead.name ?? lead.phone ?? lead.email ?? lead.id,
    description: [lead.company_name, lead.phone, lead.email].filter(Boolean).join(' · '),
    icon: <IconUser size={16} aria-hidden />,
    run: () => void navigate({ to: '/leads', search: { lead: lead.id } }),
  }));
}

/** The shortcuts of the current page, as entries in the palette. */
function useActions(query: string): Hit[] {
  const wanted = query.trim().toLowerCase();
  return useAllShortcuts()
    .filter(([key, { label }]) => key !== 'mod+k' && key !== 'Escape' && label.toLowerCase().includes(wanted))
    .map(([key, { label, run }]) => ({
      key,
      group: 'Actions',
      label,
      icon: key.startsWith('g ') ? <IconArrowRight size={16} aria-hidden /> : <IconBolt size={16} aria-hidden />,
      hint: <Kbd keys={key} />,
      run,
    }));
}

import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { membersQuery } from '../../../app/members.ts';
import { Initials } from '../../../ui/initials.tsx';
import { SearchedItems } from '../../../ui/searched-items.tsx';
import { type Named, useChoices } from '../../api/get-reference-data.ts';
import classes from '../../lead/status/choice-menus.module.css';
import { type Preset, presets } from '../../lead/when.ts';

/** With more people than this, the menu has a search field. */
const MANY = 8;

/** Every active member, and “Unassigned”. */
export function OwnerChoices({
  current,
  onChoose,
}: {
  current?: string | null;
  onChoose: (owner: Named | null) => void;
}) {
  const [sought, setSought] = useState('');
  const people = useChoices('owner');
  const { isPending } = useQuery(membersQuery);
  // Until the people have loaded, there is nobody to choose: the first keys must not unassign the lead.
  const [waited] = useState(isPending);
  const takeFirst = (event: KeyboardEvent<HTMLElement>) => {
    const isChosen = event.currentTarget.closest('[data-menu-dropdown]')?.querySelector('[data-menu-active]');
    if (event.key !== 'Enter' || isChosen || !sought.trim() || !found[0]) return;
    event.preventDefault();
    onChoose(found[0]);
  };
  const found = people.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  const items = (
    <>
      <div className={classes.scroll}>
        {found.map((person) => (
          <Menu.Item
            key={person.id}
            data-numbered
            onClick={() => onChoose(person)}
            leftSection={<Initials name={person.name} />}
            {...(person.id === current && { 'aria-current': true, className: classes.current })}
          >
            {person.name}
          </Menu.Item>
        ))}
      </div>
      {!isPending && (
        <>
          <Menu.Divider />
          <Menu.Item
            onClick={() => onChoose(null)}
            {...(current === null && { 'aria-current': true, className: classes.current })}
          >
            Unassigned
          </Menu.Item>
        </>
      )}
    </>
  );
  if (!waited && people.length <= MANY) return items;
  return (
    <>
      <MenuSearch label="Search people" value={sought} onChange={setSought} onKeyDown={takeFirst} />
      <SearchedItems label="People">{items}</SearchedItems>
    </>
  );
}

interface SearchProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

/** The search field of a menu. It takes the focus when it appears, even if the list loads after the menu has opened. */
function MenuSearch({ label, value, onChange, onKeyDown }: SearchProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => field.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  return (
    <Menu.Search
      ref={field}
      className={classes.search}
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onKeyDown={onKeyDown}
      data-autofocus
    />
  );
}

/** Common times for a call or a task. */
export function PlanChoices({ onChoose }: { onChoose: (what: 'Call' | 'Task', when: Preset) => void }) {
  const moments = presets();
  return (
    <>
      {moments.map((when) => (
        <Menu.Item key={`call ${when.label}`} data-numbered onClick={() => onChoose('Call', when)}>
          {`Call · ${when.label}`}
        </Menu.Item>
      ))}
      <Menu.Divider />
      {moments.map((when) => (
        <Menu.Item key={`task ${when.label}`} onClick={() => onChoose('Task', when)}>
          {`Task · ${when.label}`}
        </Menu.Item>
      ))}
    </>
  );
}

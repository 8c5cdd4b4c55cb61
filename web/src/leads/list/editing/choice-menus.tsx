import { Menu, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { Initials } from '../../../ui/initials.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { Pill, toneOf } from '../../../ui/pill.tsx';
import { type Named, type Status, useChoices, useStatuses } from '../../api/get-reference-data.ts';
import { type Preset, presets } from '../../lead/when.ts';
import classes from '../choice-menus.module.css';

/** Number keys choose an item of an open menu. */
export function chooseByNumber(event: KeyboardEvent<HTMLElement>): void {
  const place = Number(event.key);
  if (!(place >= 1 && place <= 9) || event.target instanceof HTMLInputElement) return;
  const items = event.currentTarget.querySelectorAll<HTMLElement>('[data-numbered]');
  items[place - 1]?.click();
  if (items[place - 1]) event.preventDefault();
}

/** Every status with its number key. */
export function StatusChoices({ current, onChoose }: { current?: string; onChoose: (status: Status) => void }) {
  return useStatuses().map((status, at) => (
    <Menu.Item
      key={status.id}
      data-numbered
      onClick={() => onChoose(status)}
      rightSection={at < 9 ? <Kbd keys={String(at + 1)} /> : undefined}
      {...(status.id === current && { 'aria-current': true, className: classes.current })}
    >
      <Pill tone={toneOf(status.colour)}>{status.name}</Pill>
    </Menu.Item>
  ));
}

/** With more people than this there is a search field. */
const MANY = 8;

/** Every active member, and nobody. */
export function OwnerChoices({
  current,
  onChoose,
}: {
  current?: string | null;
  onChoose: (owner: Named | null) => void;
}) {
  const [sought, setSought] = useState('');
  const people = useChoices('owner');
  const found = people.filter(({ name }) => name.toLowerCase().includes(sought.trim().toLowerCase()));
  return (
    <>
      {people.length > MANY && (
        <TextInput
          className={classes.search}
          aria-label="Search people"
          placeholder="Search people"
          value={sought}
          onChange={({ currentTarget }) => setSought(currentTarget.value)}
          data-autofocus
        />
      )}
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
      <Menu.Divider />
      <Menu.Item
        onClick={() => onChoose(null)}
        {...(current === null && { 'aria-current': true, className: classes.current })}
      >
        Nobody
      </Menu.Item>
    </>
  );
}

/** Common moments for a call or a task. */
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

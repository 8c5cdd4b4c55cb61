import { Menu } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { numbered, useShortcuts } from '../../../app/shortcuts.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { Pill, toneOf } from '../../../ui/pill.tsx';
import { type Status, useStatuses } from '../../api/get-reference-data.ts';
import classes from './choice-menus.module.css';

/** Number keys choose an item of an open menu. */
export function chooseByNumber(event: KeyboardEvent<HTMLElement>): void {
  const place = Number(event.key);
  if (!(place >= 1 && place <= 9) || event.target instanceof HTMLInputElement) return;
  const items = event.currentTarget.querySelectorAll<HTMLElement>('[data-numbered]');
  items[place - 1]?.click();
  if (items[place - 1]) event.preventDefault();
}

function press(place: number): void {
  document.querySelectorAll<HTMLElement>('[role="menu"] [data-numbered]')[place]?.click();
}

/** Every status with its number key. */
export function StatusChoices({ current, onChoose }: { current?: string; onChoose: (status: Status) => void }) {
  const statuses = useStatuses();
  // The keys work even before the menu has the focus, for people who type S and the number quickly.
  useShortcuts(numbered(statuses, ({ name }, at) => ({ label: `Set to ${name}`, run: () => press(at) })));
  return statuses.map((status, at) => (
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

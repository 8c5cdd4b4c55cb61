import { Menu } from '@mantine/core';
import { Pill, toneOf } from '../ui/pill.tsx';
import type { Card, Column, Move } from './api/get-board.ts';
import { focusCard } from './focus-card.ts';

/** The card whose menu is open, and where. */
export interface MenuAt {
  card: Card;
  column: Column;
  anchor: HTMLElement;
}

interface Props {
  at: MenuAt | undefined;
  columns: readonly Column[];
  onMove: (move: Move) => void;
  onClose: () => void;
}

/** Moves a card without dragging; one menu for all cards. */
export function CardMenu({ at, columns, onMove, onClose }: Props) {
  if (!at) return null;
  const { card, column, anchor } = at;
  // The first item may be the card's own column, which is disabled and cannot take the focus.
  const first = columns.find(({ id }) => id !== column.id);
  const { left, top, width, height } = anchor.getBoundingClientRect();
  const close = () => {
    onClose();
    setTimeout(() => anchor.isConnected && anchor.focus(), 0);
  };
  const move = (to: string) => {
    onMove({ card, from: column.id, to, at: 0 });
    focusCard(card.id);
  };
  return (
    <Menu
      key={card.id}
      opened
      onChange={(opened) => !opened && close()}
      position="bottom-end"
      returnFocus={false}
      trapFocus
    >
      <Menu.Target>
        <span aria-hidden style={{ position: 'fixed', left, top, width, height, pointerEvents: 'none' }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Move ${card.name} to`}>
        <Menu.Label>Move to</Menu.Label>
        {columns.map((target) => (
          <Menu.Item
            key={target.id}
            data-autofocus={target === first || undefined}
            disabled={target.id === column.id}
            onClick={() => move(target.id)}
          >
            <Pill tone={toneOf(target.colour)}>{target.name}</Pill>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

import { Droppable } from '@hello-pangea/dnd';
import { ActionIcon, Button, Popover } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../api/problem.ts';
import { type LeadPatch, MoveQuestion } from '../leads/public.ts';
import { money } from '../ui/money.tsx';
import { toneOf } from '../ui/pill.tsx';
import type { Card, Column } from './api/get-board.ts';
import classes from './board.module.css';
import { BoardCard } from './card.tsx';
import type { Asking } from './use-moves.ts';

interface Props {
  column: Column;
  currency: string | null;
  folded: boolean;
  onFold: (() => void) | undefined;
  canMove: boolean;
  openLead: string | undefined;
  /** The move that waits for an answer: into this column or, on phones, into one that is not on the screen. */
  asking: Asking | undefined;
  onOpen: (leadId: string) => void;
  onMenu: (card: Card, column: Column, anchor: HTMLElement) => void;
  onAnswer: (answers: LeadPatch) => Promise<Problem | undefined>;
  onClose: (moved: boolean) => void;
  onMore: (columnId: string) => Promise<void>;
}

/** A column with its count, sum and cards by urgency. */
export function BoardColumn(props: Props) {
  const { column, currency, folded, onFold, canMove, asking } = props;
  const sum = sumWords(column, currency);
  const head = useRef<HTMLElement>(null);
  const isAsked = asking !== undefined;
  useEffect(() => {
    if (isAsked) head.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [isAsked]);
  const count = `${column.count.toLocaleString()}${column.count_exact ? '' : '+'}`;
  return (
    <section aria-label={column.name} className={classes.column} data-folded={folded || undefined}>
      <Popover
        opened={isAsked}
        onChange={() => props.onClose(false)}
        position="bottom"
        trapFocus
        withRoles={false}
        closeOnEscape={false}
        hideDetached={false}
      >
        <Popover.Target>
          <header ref={head} className={classes.head}>
            <span className={classes.dot} data-tone={toneOf(column.colour)} aria-hidden />
            <h2 className={classes.name}>{column.name}</h2>
            <span className={classes.count}>{count}</span>
            {!folded && column.closed_since && (
              <span className="clip small-print" title={`Closed on or after ${dayWords(column.closed_since)}`}>
                since {dayWords(column.closed_since)}
              </span>
            )}
            {!folded && <span className={classes.sum}>{sum}</span>}
            {onFold && (
              <ActionIcon
                size={24}
                onClick={onFold}
                aria-expanded={!folded}
                aria-label={`${folded ? 'Expand' : 'Collapse'} ${column.name}`}
              >
                {folded ? <IconChevronRight size={16} /> : <IconChevronLeft size={16} />}
              </ActionIcon>
            )}
          </header>
        </Popover.Target>
        <Popover.Dropdown>
          {asking && (
            <MoveQuestion
              name={asking.move.card.name}
              status={asking.target ?? column}
              first={asking.first}
              onMove={props.onAnswer}
              onClose={props.onClose}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      <Droppable droppableId={column.id} isDropDisabled={!canMove}>
        {(provided, { isDraggingOver }) => (
          <div
            ref={provided.innerRef}
            {...provided.droppableProps}
            className={classes.cards}
            data-over={isDraggingOver || undefined}
          >
            {!folded &&
              column.cards.map((card, index) => (
                <BoardCard
                  key={card.id}
                  card={card}
                  index={index}
                  column={column}
                  currency={currency}
                  canMove={canMove}
                  isOpen={card.lead_id === props.openLead}
                  onOpen={props.onOpen}
                  onMenu={props.onMenu}
                />
              ))}
            {provided.placeholder}
            {!folded && column.cards.length === 0 && <p className={classes.empty}>Drop here</p>}
          </div>
        )}
      </Droppable>
      {!folded && column.next_cursor && <More column={column} onMore={props.onMore} />}
    </section>
  );
}

function More({ column, onMore }: Pick<Props, 'column' | 'onMore'>) {
  const [busy, setBusy] = useState(false);
  const left = column.count - column.cards.length;
  const show = async () => {
    setBusy(true);
    await onMore(column.id).finally(() => setBusy(false));
  };
  return (
    <div className={classes.more}>
      <Button onClick={() => void show()} loading={busy} fullWidth>
        {column.count_exact && left > 0 ? `Show ${Math.min(left, 40)} more of ${left.toLocaleString()}` : 'Show more'}
      </Button>
    </div>
  );
}

/** `€703K`, or empty if no card has an amount. */
function sumWords({ sum, count_exact }: Column, currency: string | null): string {
  if (sum === 0 || currency === null) return '';
  const short = money(sum, currency, { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 1 });
  return count_exact ? short : `${short}+`;
}

const shortDay = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', day: 'numeric', month: 'short' });
const dayWords = (day: string) => shortDay.format(new Date(`${day}T00:00:00Z`));

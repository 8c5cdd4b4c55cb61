import { Draggable } from '@hello-pangea/dnd';
import { IconAlertTriangle, IconClock, IconDots } from '@tabler/icons-react';
import { type KeyboardEvent, memo, useRef } from 'react';
import { nextStepWords, TagPills } from '../leads/public.ts';
import { money } from '../ui/money.tsx';
import { useMinute } from '../ui/times.ts';
import type { Card, Column } from './api/get-board.ts';
import classes from './card.module.css';

interface Props {
  card: Card;
  index: number;
  column: Column;
  currency: string | null;
  canMove: boolean;
  isOpen: boolean;
  onOpen: (leadId: string) => void;
  onMenu: (card: Card, column: Column, anchor: HTMLElement) => void;
}

/** A lead or deal on the board. The whole card drags; a click or Enter opens it. */
export const BoardCard = memo(function BoardCard({
  card,
  index,
  column,
  currency,
  canMove,
  isOpen,
  onOpen,
  onMenu,
}: Props) {
  // Closed leads and deals need no next step.
  const isClosed = column.state !== 'new' && column.state !== 'open';
  const menu = useRef<HTMLButtonElement>(null);
  const now = new Date(useMinute());
  const step = nextStepWords(card, now);
  const amount = card.amount !== null && currency ? money(card.amount, currency) : '';
  const late = card.urgency === 'overdue' ? 'Overdue: ' : '';
  const openMenu = () => menu.current && onMenu(card, column, menu.current);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.defaultPrevented) return;
    if (event.key === 'Enter') onOpen(card.lead_id);
    else if (event.key.toLowerCase() === 'm' && canMove && !event.ctrlKey && !event.metaKey) openMenu();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const Icon = card.urgency === 'planned' || card.urgency === 'today' ? IconClock : IconAlertTriangle;
  return (
    <Draggable draggableId={card.id} index={index} isDragDisabled={!canMove}>
      {(provided, { isDragging }) => (
        <div
          ref={provided.innerRef}
          {...provided.draggableProps}
          {...(provided.dragHandleProps ?? { tabIndex: 0 })}
          role="group"
          aria-roledescription="card"
          aria-label={[card.name, card.company, late + step, amount, ...card.tags, card.idle && 'idle']
            .filter(Boolean)
            .join(', ')}
          className={classes.card}
          data-urgency={card.urgency}
          data-idle={card.idle || undefined}
          data-open={isOpen || undefined}
          data-dragging={isDragging || undefined}
          onClick={() => onOpen(card.lead_id)}
          onKeyDown={onKeyDown}
        >
          <div className={classes.top}>
            <span className={classes.name}>{card.name}</span>
            {canMove && (
              <button
                ref={menu}
                type="button"
                className={classes.dots}
                aria-label={`Move ${card.name} to…`}
                title="Move to… (M)"
                onClick={(event) => {
                  event.stopPropagation();
                  openMenu();
                }}
              >
                <IconDots size={16} />
              </button>
            )}
          </div>
          {card.company && <div className={classes.company}>{card.company}</div>}
          <TagPills {...card} most={3} />
          <div className={classes.foot}>
            {!(isClosed && card.urgency === 'none') && (
              <span className={classes.step}>
                <Icon size={14} aria-hidden />
                <span className="clip">{card.urgency === 'none' ? 'No next step' : late + step}</span>
              </span>
            )}
            {amount && <span className={classes.amount}>{amount}</span>}
          </div>
        </div>
      )}
    </Draggable>
  );
});

import { Draggable } from '@hello-pangea/dnd';
import { IconAlertTriangle, IconClock, IconDots } from '@tabler/icons-react';
import { type KeyboardEvent, memo, useRef } from 'react';
import { useMe } from '../app/session.ts';
import { nextStepWords, TagPills } from '../leads/public.ts';
import { Initials } from '../ui/initials.tsx';
import { money } from '../ui/money.tsx';
import { absolute, dayIn, shortSpan, useMinute } from '../ui/times.ts';
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

/** A lead or deal on the board. The whole card can be dragged; a click or Enter opens it. */
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
  const menu = useRef<HTMLButtonElement>(null);
  const facts = useCardFacts(card, column, currency);
  const openMenu = () => menu.current && onMenu(card, column, menu.current);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.defaultPrevented) return;
    if (event.key === 'Enter') onOpen(card.lead_id);
    else if (event.key.toLowerCase() === 'm' && canMove && !event.ctrlKey && !event.metaKey) openMenu();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Draggable draggableId={card.id} index={index} isDragDisabled={!canMove}>
      {(provided, { isDragging }) => (
        <div
          ref={provided.innerRef}
          {...provided.draggableProps}
          {...(provided.dragHandleProps ?? { tabIndex: 0 })}
          role="group"
          aria-roledescription="card"
          aria-label={nameOfCard(card, facts)}
          className={classes.card}
          data-urgency={facts.isClosed ? undefined : card.urgency}
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
          {card.company && <div className="clip muted">{card.company}</div>}
          <TagPills {...card} most={3} />
          <CardFoot card={card} facts={facts} />
        </div>
      )}
    </Draggable>
  );
});

const shortDay = new Intl.DateTimeFormat(undefined, { timeZone: 'UTC', day: 'numeric', month: 'short' });

/** The expected close date of an open card, marked as late once it has passed. */
function closeWords({ end_date }: Card, isClosed: boolean, today: string) {
  if (!end_date || isClosed) return undefined;
  const late = end_date < today;
  return { late, words: `${late ? 'Late: ' : 'Closes '}${shortDay.format(new Date(`${end_date}T00:00:00Z`))}` };
}

/** What a card shows besides its names. */
interface CardFacts {
  /** True for a closed lead or deal, which needs no next step and is not late. */
  isClosed: boolean;
  step: string;
  amount: string;
  close: { late: boolean; words: string } | undefined;
  age: string;
  created: string;
}

function useCardFacts(card: Card, { state }: Column, currency: string | null): CardFacts {
  const isClosed = state !== 'new' && state !== 'open';
  const now = new Date(useMinute());
  const zone = useMe().workspace.time_zone;
  const isOverdue = card.urgency === 'overdue' && !isClosed;
  return {
    isClosed,
    step: (isOverdue ? 'Overdue: ' : '') + nextStepWords(card, zone, now),
    amount: card.amount !== null && currency ? money(card.amount, currency) : '',
    close: closeWords(card, isClosed, dayIn(zone, now.getTime())),
    age: shortSpan(Math.max(0, Math.floor((now.getTime() - Date.parse(card.created_at)) / 60_000))),
    created: absolute(card.created_at, zone),
  };
}

function nameOfCard(card: Card, { step, close, amount, age }: CardFacts): string {
  const owner = card.owner ? `owner ${card.owner}` : 'no owner';
  const parts = [card.name, card.company, step, close?.words, amount, owner, `${age} old`, ...card.tags];
  return [...parts, card.idle && 'idle'].filter(Boolean).join(', ');
}

/** The next step and the amount; below them the owner, the expected close date and the age. */
function CardFoot({ card, facts: { isClosed, step, amount, close, age, created } }: { card: Card; facts: CardFacts }) {
  const Icon = card.urgency === 'planned' || card.urgency === 'today' ? IconClock : IconAlertTriangle;
  return (
    <>
      <div className={classes.foot}>
        {!(isClosed && card.urgency === 'none') && (
          <span className={classes.step}>
            <Icon size={14} aria-hidden />
            <span className="clip">{card.urgency === 'none' ? 'No next step' : step}</span>
          </span>
        )}
        {amount && <span className={classes.amount}>{amount}</span>}
      </div>
      <div className={classes.facts}>
        {card.owner && <Initials name={card.owner} size={18} />}
        <span className="clip">{card.owner ?? 'No owner'}</span>
        {close && (
          <span className={classes.close} data-late={close.late || undefined}>
            {close.words}
          </span>
        )}
        <span className={classes.age} title={`Created ${created}`}>
          {age}
        </span>
      </div>
    </>
  );
}

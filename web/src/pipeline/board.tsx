import { DragDropContext, type DropResult, type ResponderProvided } from '@hello-pangea/dnd';
import { useState } from 'react';
import { nonce } from '../app/nonce.ts';
import { useMay } from '../app/session.ts';
import { useKeptScroll } from '../ui/use-kept-place.ts';
import type { Board as BoardData } from './api/get-board.ts';
import classes from './board.module.css';
import { CardMenu, type MenuAt } from './card-menu.tsx';
import { BoardColumn } from './column.tsx';
import { focusCard } from './focus-card.ts';
import type { useMoves } from './use-moves.ts';

interface Props {
  board: BoardData;
  /** On phones, the only column that is shown. */
  only?: string | undefined;
  moves: ReturnType<typeof useMoves>;
  openLead: string | undefined;
  onOpen: (leadId: string) => void;
  onMore: (columnId: string) => Promise<void>;
  onHold: (held: boolean) => void;
}

const HOW_TO =
  'Press Space to pick up the card, the arrow keys to move it, Space to drop it, or Escape to cancel. Press Enter to open it, or M to choose a column.';

/** The columns and their cards; cards move by mouse, touch, keyboard or menu. */
export function Board(props: Props) {
  const { board, only, onHold } = props;
  const { move, asking, answer, close } = props.moves;
  const canMove = useMay('work leads');
  const [menu, setMenu] = useState<MenuAt>();
  const [folded, fold] = useFolded();
  const section = useKeptScroll('Board');
  const shown = only === undefined ? board.columns : board.columns.filter(({ id }) => id === only);
  const nameOf = (id: string | undefined) => board.columns.find((column) => column.id === id)?.name ?? '';
  const cardOf = (id: string) => board.columns.flatMap(({ cards }) => cards).find((card) => card.id === id);

  const drop = ({ draggableId, source, destination, mode }: DropResult, { announce }: ResponderProvided) => {
    onHold(false);
    const card = cardOf(draggableId);
    if (!destination || !card) return announce('Cancelled. The card is back where it was.');
    announce(`${card.name} is now in ${nameOf(destination.droppableId)}.`);
    void move({ card, from: source.droppableId, to: destination.droppableId, at: destination.index });
    if (mode === 'SNAP') focusCard(card.id);
  };
  return (
    <DragDropContext
      nonce={nonce}
      dragHandleUsageInstructions={HOW_TO}
      onDragStart={({ draggableId, source }, { announce }) => {
        onHold(true);
        announce(`Picked up ${cardOf(draggableId)?.name ?? 'a card'} from ${nameOf(source.droppableId)}.`);
      }}
      onDragUpdate={({ destination }, { announce }) =>
        announce(
          destination
            ? `Over ${nameOf(destination.droppableId)}, position ${destination.index + 1}.`
            : 'Not over a column.',
        )
      }
      onDragEnd={drop}
    >
      <section
        ref={section}
        aria-label="Board"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className={classes.board}
        data-beside={props.openLead !== undefined || undefined}
        data-one={only !== undefined || undefined}
      >
        {shown.map((column) => (
          <BoardColumn
            key={column.id}
            column={column}
            currency={board.currency}
            folded={only === undefined && folded.has(column.id)}
            onFold={only === undefined ? () => fold(column.id) : undefined}
            canMove={canMove}
            openLead={props.openLead}
            asking={column.id === (only ?? asking?.move.to) ? asking : undefined}
            onOpen={props.onOpen}
            onMenu={(card, column, anchor) => setMenu({ card, column, anchor })}
            onAnswer={answer}
            onClose={close}
            onMore={props.onMore}
          />
        ))}
      </section>
      <CardMenu
        at={menu}
        columns={board.columns}
        onMove={(asked) => void move(asked)}
        onClose={() => setMenu(undefined)}
      />
    </DragDropContext>
  );
}

const KEY = 'leadwell.board.folded';

/** The collapsed columns, stored in this browser. */
function useFolded(): [folded: ReadonlySet<string>, toggle: (id: string) => void] {
  const [folded, setFolded] = useState(() => new Set((localStorage.getItem(KEY) ?? '').split(',').filter(Boolean)));
  const toggle = (id: string) => {
    const next = new Set(folded);
    if (!next.delete(id)) next.add(id);
    localStorage.setItem(KEY, [...next].join());
    setFolded(next);
  };
  return [folded, toggle];
}

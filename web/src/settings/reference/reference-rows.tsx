import { DragDropContext, Draggable, Droppable } from '@hello-pangea/dnd';
import { IconChevronDown, IconChevronUp, IconGripVertical } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { nonce } from '../../app/nonce.ts';
import type { Item } from './get-reference-items.ts';
import classes from './reference-rows.module.css';

interface Props {
  items: readonly Item[];
  /** The item whose form is open. */
  open: string | undefined;
  onOpen: (id: string | undefined) => void;
  row: (item: Item) => ReactNode;
  form: (item: Item) => ReactNode;
  /** Set when the order can be changed. */
  onOrder?: ((items: Item[]) => void) | undefined;
}

/** A list of items with their forms, reordered by dragging a handle or by keyboard. */
export function ReferenceRows({ items, open, onOpen, row, form, onOrder }: Props) {
  const move = (from: number, to: number) => {
    const next = [...items];
    const [moved] = next.splice(from, 1);
    if (moved) next.splice(to, 0, moved);
    onOrder?.(next);
  };
  return (
    <DragDropContext
      {...(nonce && { nonce })}
      onDragEnd={({ source, destination }) => {
        if (destination && destination.index !== source.index) move(source.index, destination.index);
      }}
    >
      <Droppable droppableId="items">
        {(place) => (
          <ul ref={place.innerRef} {...place.droppableProps} className={classes.rows}>
            {items.map((item, at) => (
              <Draggable
                key={item.id}
                draggableId={item.id}
                index={at}
                isDragDisabled={!onOrder}
                disableInteractiveElementBlocking
              >
                {(drag, { isDragging }) => (
                  <li
                    ref={drag.innerRef}
                    {...drag.draggableProps}
                    className={classes.row}
                    data-dragging={isDragging || undefined}
                  >
                    <div className={classes.line}>
                      {onOrder && (
                        <button
                          type="button"
                          {...drag.dragHandleProps}
                          className={classes.handle}
                          aria-label={`Move ${item.name}`}
                        >
                          <IconGripVertical size={14} />
                        </button>
                      )}
                      <button
                        type="button"
                        className={classes.open}
                        aria-expanded={open === item.id}
                        onClick={() => onOpen(open === item.id ? undefined : item.id)}
                      >
                        {row(item)}
                        {open === item.id ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
                      </button>
                    </div>
                    {open === item.id && <div className={classes.form}>{form(item)}</div>}
                  </li>
                )}
              </Draggable>
            ))}
            {place.placeholder}
          </ul>
        )}
      </Droppable>
    </DragDropContext>
  );
}

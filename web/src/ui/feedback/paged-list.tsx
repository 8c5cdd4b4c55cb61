import { Button } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { DataState } from './data-state.tsx';

interface Props<Item> extends Omit<ComponentProps<typeof DataState<readonly Item[]>>, 'children' | 'query'> {
  /** A query of `api/paged.ts`. */
  query: ComponentProps<typeof DataState<readonly Item[]>>['query'] & MorePages;
  /** The accessible name of the list. */
  label: string;
  className: string | undefined;
  isOrdered?: boolean;
  /** For a bar around the button that shows more. */
  moreClass?: string | undefined;
  /** The words of that button. */
  more?: string;
  children: (item: Item, at: number, all: readonly Item[]) => ReactNode;
}

interface MorePages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** A list that is loaded page by page, in each of its states, with a button for the next page. */
export function PagedList<Item>(props: Props<Item>) {
  const { query, label, className, isOrdered = false, moreClass, more = 'Show earlier', children, ...state } = props;
  const List = isOrdered ? 'ol' : 'ul';
  const button = query.hasNextPage && (
    <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {more}
    </Button>
  );
  return (
    <DataState query={query} {...state}>
      {(data) => (
        <>
          <List className={className} aria-label={label}>
            {data.map(children)}
          </List>
          {button && moreClass ? <div className={moreClass}>{button}</div> : button}
        </>
      )}
    </DataState>
  );
}

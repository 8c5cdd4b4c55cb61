import { filtersOfQuery, type LeadFilters, writeFilters } from '../../filters.ts';
import { ViewTabs } from './view-tabs.tsx';

interface Props {
  filters: LeadFilters;
  /** The view that the filters came from; undefined for all leads. */
  viewId: string | undefined;
  /** Shows the leads that match other filters. */
  onShow: (filters: LeadFilters, viewId: string | undefined) => void;
}

const tidy = (query: string) => writeFilters(filtersOfQuery(query));

/** The saved views of leads, for the list and the board. */
export function LeadViews({ filters, viewId, onShow }: Props) {
  return (
    <ViewTabs
      screen="leads"
      all="All leads"
      now={writeFilters(filters)}
      tidy={tidy}
      viewId={viewId}
      onShow={(query, id) => onShow(filtersOfQuery(query), id)}
    />
  );
}

import { DataState } from '../../ui/feedback/data-state.tsx';
import { SkeletonRows } from '../../ui/feedback/skeleton-rows.tsx';
import type { Insert } from '../../ui/table/lines.ts';
import type { useLeadCount } from '../api/get-leads.ts';
import { useStatuses } from '../api/get-reference-data.ts';
import { narrowing } from '../filters.ts';
import type { Selection } from './bulk/use-selection.ts';
import type { useDisplay } from './display/use-display.ts';
import { NoLeads, NoMatches } from './empty-leads.tsx';
import { LeadGrid } from './grid/lead-grid.tsx';
import { PhoneList } from './phone/phone-list.tsx';
import type { Reading } from './use-lead-rows.ts';
import type { useLeadSearch } from './use-lead-search.ts';

interface Props {
  address: ReturnType<typeof useLeadSearch>;
  reading: Reading;
  /** The headings of groups, if the list has any. */
  inserts: readonly Insert[] | undefined;
  count: ReturnType<typeof useLeadCount>;
  display: ReturnType<typeof useDisplay>;
  selection: Selection;
  isPhone: boolean;
  /** On phones: true while a tap selects a lead. */
  selecting: boolean;
  onSelecting: () => void;
  onOpen: (id: string | undefined) => void;
  onNote: (id: string) => void;
}

/** The list in each of its states: loading, empty, no match, failed, loaded. */
export function LeadRows({
  address,
  reading,
  inserts,
  count,
  display,
  selection,
  isPhone,
  onOpen,
  onNote,
  ...phone
}: Props) {
  const { list, rows, loadMore, isWhole } = reading;
  const isGrouped = inserts !== undefined;
  const statuses = useStatuses();
  const shared = { inserts, selection, onNearEnd: loadMore };
  return (
    <DataState
      query={{ ...list, data: list.data === undefined ? undefined : rows }}
      what="Could not load the leads."
      skeleton={<SkeletonRows rows={12} height={isPhone ? 64 : 38} label="Loading leads" />}
      isEmpty={(found) => found.length === 0 && isWhole && (inserts ?? []).length === 0}
      empty={<Nothing {...address} />}
    >
      {(found) =>
        isPhone ? (
          <PhoneList rows={found} {...shared} statuses={statuses} {...phone} />
        ) : (
          <LeadGrid
            rows={found}
            {...shared}
            total={count?.exact && !isGrouped ? count.count : -1}
            filters={address.filters}
            display={display.display}
            onDisplay={display.change}
            openId={address.openId}
            onOpen={({ id }) => onOpen(id)}
            onNote={({ id }) => onNote(id)}
            onClose={() => onOpen(undefined)}
            onSort={(sort) => address.narrow({ sort })}
          />
        )
      }
    </DataState>
  );
}

function Nothing({ filters, narrow, show }: Props['address']) {
  if (Object.keys(narrowing(filters)).length === 0) return <NoLeads />;
  return <NoMatches filters={filters} onChange={narrow} onClear={() => show({}, undefined)} />;
}

import { lazyPart } from '../../app/lazy-part.tsx';

/** A lead beside a list, loaded when it is first opened. */
export const LeadDrawer = lazyPart(async () => (await import('../drawer/lead-drawer.tsx')).LeadDrawer, {
  floats: true,
});

interface Props {
  rows: readonly { id: string }[];
  openId: string;
  total: string;
  /** Increases each time the lead is opened to write a note. */
  notesAsked: number;
  onOpen: (id: string | undefined) => void;
}

/** The lead that is open beside the list, with links to its neighbours. */
export function OpenLead({ rows, openId, total, notesAsked, onOpen }: Props) {
  const at = rows.findIndex(({ id }) => id === openId);
  const neighbour = (place: number) => {
    const lead = at < 0 ? undefined : rows[place];
    return lead && (() => onOpen(lead.id));
  };
  return (
    <LeadDrawer
      leadId={openId}
      notesAsked={notesAsked}
      onClose={() => onOpen(undefined)}
      onPrevious={neighbour(at - 1)}
      onNext={neighbour(at + 1)}
      position={at >= 0 && total ? `${at + 1} of ${total}` : undefined}
    />
  );
}

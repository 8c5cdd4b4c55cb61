import { useNavigate } from '@tanstack/react-router';
import { useMay } from '../../../app/session.ts';
import { useShortcuts } from '../../../app/shortcuts.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import type { Lead } from '../../api/get-lead.ts';
import type { Selection } from '../bulk/use-selection.ts';
import type { EditableCell } from '../cells/cells.tsx';

interface Options {
  /** The focused row. */
  active: () => Lead | undefined;
  selection: Selection;
  /** Opens the menu of a cell in that row. */
  onEdit: (lead: Lead, cell: EditableCell) => void;
  /** Edits the name in its cell. */
  onWrite: (lead: Lead) => void;
  /** Opens the lead to write a note on it. */
  onNote: (lead: Lead) => void;
  /** False while a lead is open beside the list or several are selected: their shortcuts then take precedence. */
  alone: boolean;
}

/** Shortcuts for the focused row. */
export function useListKeys({ active, selection, onEdit, onWrite, onNote, alone }: Options): void {
  const navigate = useNavigate();
  const mayWork = useMay('work leads');
  const withLead = (run: (lead: Lead) => void) => () => {
    const lead = active();
    if (lead) run(lead);
  };
  const copyPhone = async ({ phone }: Lead) => {
    if (!phone) return toast.done('This lead has no phone number.');
    await navigator.clipboard.writeText(phone);
    toast.done(`${phone} copied`);
  };
  useShortcuts({
    x: { label: 'Select the lead', run: withLead(({ id }) => selection.toggle(id)) },
    'shift+x': { label: 'Select up to this lead', run: withLead(({ id }) => selection.toggle(id, true)) },
    o: {
      label: 'Open the full page',
      run: withLead(({ id }) => void navigate({ to: '/leads/$id', params: { id }, search: true as never })),
    },
    '.': { label: 'Copy the phone number', run: withLead((lead) => void copyPhone(lead)) },
  });
  useShortcuts(
    {
      s: { label: 'Change the status', run: withLead((lead) => onEdit(lead, 'status')) },
      a: { label: 'Assign the lead', run: withLead((lead) => onEdit(lead, 'owner')) },
      t: { label: 'Plan the next step', run: withLead((lead) => onEdit(lead, 'next')) },
      l: { label: 'Add or remove tags', run: withLead((lead) => onEdit(lead, 'tags')) },
      e: { label: 'Edit the name', run: withLead(onWrite) },
      n: { label: 'Write a note on the lead', run: withLead(onNote) },
    },
    alone && mayWork,
  );
}

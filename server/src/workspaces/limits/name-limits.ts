import { type Figures, usualFigures } from './catalogue.ts';

/**
 * The limits on new names in requests, and the senders who have used up theirs for the day. Remembering these senders
 * saves a query for every further name.
 */
export interface NameLimits {
  readonly figures: Figures;
  isUsedUp(sender: DailyNames): boolean;
  noteUsedUp(sender: DailyNames): void;
}

interface DailyNames {
  workspace_id: string;
  sender_id: string;
  what: 'custom_field' | 'waiting_name';
  at: Date;
}

const MOST_KEPT = 20_000;

export function limitNames(figures: Figures = usualFigures): NameLimits {
  const usedUp = new Set<string>();
  return {
    figures,
    isUsedUp: (sender) => usedUp.has(keyOf(sender)),
    noteUsedUp(sender) {
      if (usedUp.size >= MOST_KEPT) usedUp.clear();
      usedUp.add(keyOf(sender));
    },
  };
}

function keyOf({ workspace_id, sender_id, what, at }: DailyNames): string {
  return `${workspace_id} ${sender_id} ${what} ${at.toISOString().slice(0, 10)}`;
}

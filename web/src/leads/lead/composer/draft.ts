/** What somebody was writing about a lead. */
export interface Draft {
  mode: 'note' | 'call' | 'task';
  text: string;
  /** Id of the outcome of a call. */
  outcome: string;
  minutes: string;
  /** When to call again, as the field for dates and times has it. */
  callback: string;
  /** Id of the reason, when the outcome means that the lead is lost. */
  lostReason: string;
  /** As the field for dates and times has it; '' is no time. */
  due: string;
}

export const emptyDraft: Draft = {
  mode: 'note',
  text: '',
  outcome: '',
  minutes: '',
  callback: '',
  lostReason: '',
  due: '',
};

const keyOf = (leadId: string) => `leadwell.draft.${leadId}`;

/** What was being written when the lead was last left. */
export function keptDraft(leadId: string): Draft | undefined {
  try {
    const kept = localStorage.getItem(keyOf(leadId));
    return kept ? { ...emptyDraft, ...(JSON.parse(kept) as Partial<Draft>) } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps what is being written in this browser; nothing at all is not kept. */
export function keepDraft(leadId: string, draft: Draft): void {
  if (draft.text === '' && draft.outcome === '') forgetDraft(leadId);
  else localStorage.setItem(keyOf(leadId), JSON.stringify(draft));
}

export function forgetDraft(leadId: string): void {
  localStorage.removeItem(keyOf(leadId));
}

import { emptyNextStep, type NextStepDraft } from './next-step-fields.tsx';

/** Unsaved text about a lead. */
export interface Draft {
  mode: 'note' | 'call' | 'task';
  text: string;
  /** The id of a call outcome. */
  outcome: string;
  minutes: string;
  /** When to call back, in the format of datetime-local inputs. */
  callback: string;
  /** The id of the lost reason, if the outcome loses the lead. */
  lostReason: string;
  /** The next step, if the outcome asks for one. */
  nextStep: NextStepDraft;
  /** In the format of datetime-local inputs; empty for none. */
  due: string;
}

export const emptyDraft: Draft = {
  mode: 'note',
  text: '',
  outcome: '',
  minutes: '',
  callback: '',
  lostReason: '',
  nextStep: emptyNextStep,
  due: '',
};

const keyOf = (leadId: string) => `leadwell.draft.${leadId}`;

/** The draft stored for a lead. */
export function storedDraft(leadId: string): Draft | undefined {
  try {
    const kept = localStorage.getItem(keyOf(leadId));
    return kept ? { ...emptyDraft, ...(JSON.parse(kept) as Partial<Draft>) } : undefined;
  } catch {
    return undefined;
  }
}

/** Stores a draft in this browser; an empty one is removed. */
export function storeDraft(leadId: string, draft: Draft): void {
  if (draft.text === '' && draft.outcome === '') removeDraft(leadId);
  else localStorage.setItem(keyOf(leadId), JSON.stringify(draft));
}

function removeDraft(leadId: string): void {
  localStorage.removeItem(keyOf(leadId));
}

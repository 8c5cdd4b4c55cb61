import type { MouseEvent } from 'react';
import { api } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { sharedValue } from '../../app/shared-value.ts';
import { toast } from '../../ui/feedback/toast.tsx';

/** A call outside the calling hours that waits for the user's decision. */
interface AskedCall {
  /** Why it should not be made now. */
  detail: string;
  leadId: string;
  link: string;
}

const asked = sharedValue<AskedCall | undefined>(undefined);

/** The call that waits for a decision. */
export const useAskedCall = asked.useValue;

/** The click handler of a link that calls a lead: it asks the server whether the lead may be called now. */
export function dialling(leadId: string, link: string) {
  return (event: MouseEvent) => {
    event.preventDefault();
    void dial(leadId, link);
  };
}

/** Calls a lead; asks first if that is outside the calling hours. */
export async function dial(leadId: string, link: string, outsideHours = false): Promise<void> {
  asked.set(undefined);
  try {
    const body = outsideHours ? { outside_hours: true } : {};
    await api.POST('/v1/leads/{id}/calls/permission', { params: { path: { id: leadId } }, body });
  } catch (error) {
    const problem = asProblem(error);
    if (problem.type === '/problems/outside_hours') return asked.set({ detail: problem.message, leadId, link });
    // Nothing is recorded for people who may not make calls, but they see the number anyway, so the link works.
    if (problem.status !== 403) return toast.error(problem, 'Could not start the call.');
  }
  location.href = link;
}

/** Gives up the call that waits for a decision. */
export const leaveCall = () => asked.set(undefined);

import { useQueryClient } from '@tanstack/react-query';
import { toast } from '../../../ui/feedback/toast.tsx';
import { type Lead, leadQuery } from '../../api/get-lead.ts';
import type { Tag } from '../../api/get-reference-data.ts';
import { updateLead } from '../../api/update-lead.ts';
import { nameOf } from '../../lead-name.ts';

/** Adds a tag to a lead or removes it, and offers to undo that. */
export function useTagChange(): (lead: Lead, tag: Tag, on: boolean) => Promise<void> {
  const client = useQueryClient();
  const send = async (seen: Lead, tag: Tag, on: boolean) => {
    // Several tags may be changed before the first response arrives.
    const shown = client.getQueryData(leadQuery(seen.id).queryKey) ?? seen;
    const outcome = await updateLead(client, {
      seen,
      patch: on ? { add_tags: [tag.id] } : { remove_tags: [tag.id] },
      shown: withTag(shown, tag, on),
    });
    if (outcome.kind === 'refused') toast.error(outcome.problem, `Could not change ${nameOf(seen)}.`);
    return outcome.kind === 'saved' ? outcome.lead : undefined;
  };
  return async (lead, tag, on) => {
    const saved = await send(lead, tag, on);
    if (saved) toast.undo(on ? `Tagged “${tag.name}”` : `Tag “${tag.name}” removed`, () => void send(saved, tag, !on));
  };
}

function withTag({ tags, tag_ids }: Lead, { id, name }: Tag, on: boolean): Pick<Lead, 'tags' | 'tag_ids'> {
  const others = tags.flatMap((one, at) => (tag_ids[at] === id ? [] : [{ id: tag_ids[at] ?? '', name: one }]));
  const all = on ? [...others, { id, name }].sort((a, b) => a.name.localeCompare(b.name)) : others;
  return { tags: all.map((one) => one.name), tag_ids: all.map((one) => one.id) };
}

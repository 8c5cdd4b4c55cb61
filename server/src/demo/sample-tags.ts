import type { Tx } from '../platform/database/transaction.ts';
import { addItem } from '../workspaces/reference/reference-item-store.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';
import type { DemoItem } from './demo-store.ts';
import type { LeadHistory } from './lead-history.ts';

/** A tag, and the leads that somebody would have given it. */
interface SampleTag {
  name: string;
  colour: string;
  fits: (history: LeadHistory) => boolean;
}

/** What a deal is worth that gets the attention of everyone. */
const LARGE = 5_000;

const tags: readonly SampleTag[] = [
  { name: 'Moving house', colour: 'qualified', fits: ({ wish }) => wish.startsWith('Moves house') },
  { name: 'Compares prices', colour: 'proposal', fits: ({ wish }) => wish.startsWith('Compares') },
  { name: 'Spring offer', colour: 'won', fits: ({ wish }) => wish.includes('spring offer') },
  { name: 'Asked twice', colour: 'contacted', fits: ({ arrivedAgainAt }) => arrivedAgainAt !== null },
  { name: 'Large deal', colour: 'new', fits: ({ deal }) => (deal?.amount ?? 0) >= LARGE },
];

const table = { name: 'reference_items', kind: 'tag', ordered: false } as const;

/** Creates the tags that the workspace lacks, and adds those created to `made`. Tags of the same name are used as they are. */
export async function createTags(tx: Tx, made: DemoItem[], referenceData: ReferenceData): Promise<void> {
  for (const { name, colour } of tags) {
    if (referenceData.find('tag', { by: 'name', value: name })) continue;
    const id = await addItem(tx, table, { name, colour });
    if (id) made.push({ kind: 'tag', id });
  }
}

/** The tags of a lead, by id in the order in which they are stored; null for none. */
export function tagsFor(history: LeadHistory, referenceData: ReferenceData): string[] | null {
  const ids = tags
    .filter(({ fits }) => fits(history))
    .flatMap(({ name }) => referenceData.find('tag', { by: 'name', value: name })?.id ?? []);
  return ids.length > 0 ? ids.sort() : null;
}

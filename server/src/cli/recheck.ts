import { allDialects } from '../dialects/all-dialects.ts';
import { readAgainWith } from '../journal/read-again.ts';
import type { RecheckContext } from '../journal/recheck/read-sent.ts';
import { findMisread, type Misread, repair, repairsOf, undoRepair } from '../journal/recheck/recheck.ts';
import { leadIdByNumber } from '../leads/lead-store.ts';
import { nativeApi } from '../native/native-api.ts';
import { operatorError } from '../platform/operator-error.ts';
import type { Store } from '../store.ts';
import { defaultsFor } from '../token-kinds.ts';
import { checkCredentials } from '../workspaces/access/identify.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { openReferenceCache } from '../workspaces/reference-cache.ts';
import { type Call, type Command, optionalText, usageError } from './command.ts';
import { withWorkspace } from './with-store.ts';

export const recheck: Command = {
  usage: 'recheck [--repair NUMBER|all] [--undo NUMBER|all] [--workspace W]',
  about: 'List leads whose phone numbers would be read differently today, repair them, or undo a repair.',
  async run(call) {
    const [repairing, undoing] = [optionalText(call, 'repair'), optionalText(call, 'undo')];
    if (repairing && undoing) throw usageError('--repair and --undo cannot be combined.');
    await withWorkspace(call, async (store, workspaceId) => {
      const context = await contextOf(store, workspaceId);
      if (undoing) await undo(call, undoing, context);
      else await list(call, repairing, context);
      if (repairing || undoing) await context.database.tx(context.workspaceId, announceChange);
    });
  },
};

async function contextOf({ app: database }: Store, workspaceId: string): Promise<RecheckContext> {
  const referenceCache = openReferenceCache(database);
  const { senderOf } = checkCredentials(database, referenceCache, defaultsFor, Date.now);
  const readAgain = readAgainWith({
    dialects: allDialects,
    native: nativeApi,
    referenceData: referenceCache.get,
    senderOf,
  });
  return { database, workspaceId, referenceData: await referenceCache.get(workspaceId), readAgain };
}

/** Lists leads whose phones would be read differently now, and repairs the one with this number, or all. */
async function list(call: Call, wanted: string | undefined, context: RecheckContext): Promise<void> {
  const number = wanted === undefined ? undefined : chosen(wanted);
  const found: (ReturnType<typeof shown> & { repaired?: boolean })[] = [];
  for await (const misread of findMisread(context)) {
    if (call.signal.aborted) throw operatorError(`Interrupted after ${found.length} leads.`);
    if (typeof number === 'number' && misread.lead.number !== number) continue;
    const repaired = number === undefined ? {} : { repaired: await repair(misread, call.now, context) };
    found.push({ ...shown(misread), ...repaired });
  }
  const rest = wanted === undefined && found.length > 0 ? ['"--repair NUMBER" or "--repair all" repairs them.'] : [];
  call.screen.show({ leads: found }, [...found.flatMap(wordFound), `${found.length} found.`, ...rest]);
}

function shown({ lead: { number, phone }, phones, people }: Misread) {
  return {
    number,
    phone,
    phones: phones.map(({ field, from, to, sent }) => ({ field, from, reads: to, sent })),
    people,
  };
}

function wordFound({ number, phones, phone, people, repaired }: ReturnType<typeof shown> & { repaired?: boolean }) {
  const end = repaired === undefined ? '' : repaired ? ', repaired' : ', not changed';
  const read = phones.map(({ from, reads, sent, field }) => {
    const which = field === 'other_phone' ? 'second phone ' : '';
    return `#${number}  ${which}${from} -> ${reads}  (sent: ${sent})${end}`;
  });
  const several =
    people.length > 0 ? [`#${number}  may be several people; separate them by hand: ${people.join('; ')}`] : [];
  const found = [...read, ...several];
  return found.length > 0 ? found : [`#${number}  ${phone} is found by phone numbers that nobody sent${end}`];
}

async function undo(call: Call, wanted: string, context: RecheckContext): Promise<void> {
  const number = chosen(wanted);
  const id =
    number === 'all' ? undefined : await context.database.tx(context.workspaceId, (tx) => leadIdByNumber(tx, number));
  if (number !== 'all' && !id) throw operatorError(`There is no lead ${number}.`);
  let undone = 0;
  for (const one of await repairsOf(context, id ? [id] : undefined))
    if (await undoRepair(one, call.now, context)) undone += 1;
  call.screen.show({ undone }, [`${undone} undone.`]);
}

function chosen(wanted: string): number | 'all' {
  if (wanted === 'all') return 'all';
  const number = Number(wanted.replace(/^#/, ''));
  if (!Number.isSafeInteger(number) || number < 1) throw usageError('Give the number of a lead, or all.');
  return number;
}

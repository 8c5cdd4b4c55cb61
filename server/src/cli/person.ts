import { join } from 'node:path';
import { fromTypeId } from '../platform/ids.ts';
import { operatorError } from '../platform/operator-error.ts';
import { isProblem, type Problem } from '../platform/problem.ts';
import { beginErasure } from '../privacy/erasure.ts';
import { getErasure, listErasures } from '../privacy/erasure-store.ts';
import { findPerson, type PersonRef } from '../privacy/find-person.ts';
import { collectPersonRecords } from '../privacy/person-records.ts';
import { runErasure } from '../privacy/repeat-erasures.ts';
import { TOMBSTONES, tombstonesIn } from '../privacy/tombstones.ts';
import type { Store } from '../store.ts';
import { type Call, type Command, flag, optionalText, usageError } from './command.ts';
import { columns, countLine } from './output.ts';
import { readWorkspace, recordByCli, withWorkspace } from './with-store.ts';

const SEARCH_MS = 3_600_000;

export const personShow: Command = {
  usage: 'person show [--phone P] [--email E] [--lead L] [--workspace W]',
  about: 'Show the records held about a person.',
  async run(call) {
    const ref = readRef(call);
    await withWorkspace(call, async (store, id) => {
      await store.app.tx(id, (tx) => recordByCli(tx, call, 'person_looked_up', {}));
      const records = found(await collectPersonRecords(store.app, id, ref, Date.now() + SEARCH_MS));
      const { person, leads, others, counts, requests, complete } = records;
      const lines = [
        ...leads.map(({ number, lead_name }) => `Lead #${number} ${lead_name ?? ''}`.trim()),
        ...others.map(({ number }) => `Lead #${number} has the same phone number, but is or may be somebody else`),
        ...Object.entries(counts).map(countLine),
      ];
      const { phones, emails } = person;
      call.screen.show(
        { phones, emails, leads, others, counts, requests, complete },
        lines.length > 0 ? lines : ['Nothing is held about this person.'],
      );
    });
  },
};

export const personErase: Command = {
  usage: 'person erase [--phone P] [--email E] [--lead L] [--keep-notes] --yes [--workspace W]',
  about: 'Erase a person from everything that is stored. Cannot be undone. The server can keep running.',
  async run(call) {
    const ref = readRef(call);
    if (!flag(call, 'yes')) throw usageError('Erasing cannot be undone: add --yes if you mean it.');
    await withWorkspace(call, async (store, workspaceId) => {
      const erasure = await erase(call, store, workspaceId, ref);
      const lines = Object.entries(erasure.counts).map(countLine);
      call.screen.show({ id: erasure.id, counts: erasure.counts }, [`Erased. Certificate ${erasure.id}.`, ...lines]);
    });
  },
};

async function erase(call: Call, store: Store, workspaceId: string, ref: PersonRef) {
  const { id } = await store.app.tx(workspaceId, async (tx) => {
    const { person } = found(await findPerson(tx, ref));
    const begun = await beginErasure(tx, person, { actor: 'cli', keepsNotes: flag(call, 'keep-notes') }, call.now);
    await recordByCli(tx, call, 'person_erased', { erasure_id: begun.id });
    return begun;
  });
  await runErasure(store.app, workspaceId, id, call.now);
  const erasure = await store.app.tx(workspaceId, (tx) => getErasure(tx, id));
  if (!erasure) throw new Error('The erasure no longer exists.');
  await tombstonesIn(join(call.config.dataDir, TOMBSTONES)).add(workspaceId, erasure);
  return erasure;
}

export const erasureList: Command = {
  usage: 'erasure list [--workspace W]',
  about: 'List erasures of people, newest first.',
  async run(call) {
    const erasures = await readWorkspace(call, (tx) => listErasures(tx, 1_000));
    const lines = erasures.map(({ tombstone: _, subject: _subject, identifiers_hash, ...rest }) => ({
      ...rest,
      identifiers_hash: identifiers_hash.toString('hex'),
    }));
    const rows = lines.map((one) => [
      one.id,
      one.requested_at.toISOString(),
      one.state,
      Object.entries(one.counts)
        .map(([kind, count]) => `${count} ${kind}`)
        .join(', '),
    ]);
    call.screen.show(lines, columns(['Id', 'Requested', 'State', 'Erased'], rows));
  },
};

function readRef(call: Call): PersonRef {
  const lead = optionalText(call, 'lead');
  const id = lead === undefined ? undefined : fromTypeId('lead', lead);
  if (lead !== undefined && id === undefined) throw usageError(`--lead must be the id of a lead, not "${lead}".`);
  return { phone: optionalText(call, 'phone'), email: optionalText(call, 'email'), lead_id: id };
}

function found<T extends object>(result: T | Problem): T {
  if (!isProblem(result)) return result as T;
  if (result.kind === 'invalid')
    throw operatorError(
      `${result.issues.map(({ at }) => `--${at}`).join(', ')}: not a value that can be searched for.`,
    );
  if (result.kind === 'conflict')
    throw operatorError(
      'Leads with different email addresses have this phone number. Add --email or --lead to say who is meant.',
    );
  throw operatorError('There is no such lead.');
}

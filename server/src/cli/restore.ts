import { dirname, join, resolve } from 'node:path';
import { checkBackup } from '../backup/read-backup.ts';
import { type Restored, restoreBackup } from '../backup/restore-backup.ts';
import { verify } from '../backup/verify.ts';
import { openDatabase } from '../platform/database/database.ts';
import { reconcileErasures } from '../privacy/repeat-erasures.ts';
import { TOMBSTONES } from '../privacy/tombstones.ts';
import { reportRules } from '../reports/report-rules-store.ts';
import { keyFileIn } from '../secrets/key-file.ts';
import { removeOtherKeys } from '../secrets/secret-store.ts';
import type { DataStore } from '../store.ts';
import { type Call, type Command, flag } from './command.ts';
import { collect } from './output.ts';
import { stateOf } from './secrets.ts';
import { withPlace } from './with-store.ts';

export const restore: Command = {
  usage: 'restore FILE [--force]',
  about: 'Restore a backup to an empty store, or replace an existing one with --force. The server must be stopped.',
  async run(call) {
    const file = resolve(call.words[0] ?? '');
    // Checked first, so that no data folder is created for an unusable backup.
    await checkBackup(file);
    await withPlace(call, (place) => restoreAndCheck(place, file, call), { create: true });
  },
};

async function restoreAndCheck(place: DataStore, file: string, call: Call): Promise<void> {
  const restored = await restoreInto(place, file, call);
  const rows = restored.tables.reduce((sum, table) => sum + table.rows, 0);
  call.screen.say(`Restored ${rows} rows of ${restored.tables.length} tables, as of ${restored.made_at}.`);
  for (const name of restored.migrated) call.screen.say(`Applied ${name}.`);
  const erased = await eraseAgain(place, file, call);
  if (erased > 0) call.screen.say(`Repeated ${erased} erasures of people that were made after the backup.`);
  await tellOfKeys(place, call);
  const findings = await collect(verify({ ...verifyTarget(place), rules: reportRules }, call.signal), call.screen);
  const differences = findings.reduce((sum, finding) => sum + finding.differences, 0);
  call.screen.show(
    { ...restored, rows, erased, differences, findings },
    differences === 0 ? ['Everything is in order.'] : [],
  );
  if (differences === 0) return;
  call.screen.warn('The data is that of the backup; these differences existed when it was made.');
  call.exitCode = 1;
}

function restoreInto(place: DataStore, file: string, call: Call): Promise<Restored> {
  const target = { ...verifyTarget(place), app: place.app, admin: place.admin, dataDir: call.config.dataDir };
  return restoreBackup(file, target, { force: flag(call, 'force'), signal: call.signal });
}

/** Warns of secrets whose key this server lacks, and forgets keys that no secret of the backup needs. */
async function tellOfKeys(place: DataStore, { config, screen }: Call): Promise<void> {
  const owner = await openDatabase(place.owner, { size: 1, asOwner: true });
  try {
    await owner.global((tx) => removeOtherKeys(tx));
    const { lost } = await stateOf(owner, config);
    if (lost > 0)
      screen.warn(
        `${lost} secrets in this backup are encrypted with a key that this server lacks. Before you start it, copy ` +
          `secret.key from the data folder of the server that made the backup to ${keyFileIn(config.dataDir)}, or set its ` +
          'SECRET_KEY. If that key is lost, run "leadwell secrets forget".',
      );
  } finally {
    await owner.close();
  }
}

/** Repeats erasures that are recorded in the data folder or beside the backup but not in the backup itself. */
async function eraseAgain(place: DataStore, file: string, call: Call): Promise<number> {
  const owner = await openDatabase(place.owner, { size: 1, asOwner: true });
  try {
    const app = await openDatabase(place.app, { size: 1, statementTimeout: 60_000 });
    try {
      const files = [join(call.config.dataDir, TOMBSTONES), join(dirname(file), TOMBSTONES)] as const;
      return await reconcileErasures({ owner, app, files, now: call.now, warn: call.screen.warn });
    } finally {
      await app.close();
    }
  } finally {
    await owner.close();
  }
}

function verifyTarget({ owner, cluster }: DataStore) {
  return { owner, ...(cluster && { superuser: cluster.superuser }) };
}

import { resolve } from 'node:path';
import { checkBackup } from '../backup/read-backup.ts';
import { type Restored, restoreBackup } from '../backup/restore-backup.ts';
import { verify } from '../backup/verify.ts';
import { openPlace, type Place } from '../store.ts';
import { type Call, type Command, flag } from './command.ts';
import { collect } from './findings.ts';

export const restore: Command = {
  name: 'restore',
  usage: 'FILE [--force]',
  about: 'Put a backup into an empty store; with --force in place of what is there. The server must not run.',
  options: { force: { type: 'boolean' } },
  words: [1, 1],
  async run(call) {
    const file = resolve(call.words[0] ?? '');
    // Before a data folder is made for it.
    await checkBackup(file);
    const place = await openPlace(call.config, { create: true });
    try {
      const restored = await restoreInto(place, file, call);
      const rows = restored.tables.reduce((sum, table) => sum + table.rows, 0);
      call.screen.say(`Restored ${rows} rows of ${restored.tables.length} tables, as of ${restored.made_at}.`);
      for (const name of restored.migrated) call.screen.say(`Applied ${name}.`);
      const findings = await collect(verify(verified(place), call.signal), call.screen);
      const differences = findings.reduce((sum, finding) => sum + finding.differences, 0);
      call.screen.show(
        { ...restored, rows, differences, findings },
        differences === 0 ? ['Everything is in order.'] : [],
      );
      if (differences > 0) call.screen.warn('The data are those of the backup; what differs was so when it was made.');
      return differences > 0 ? 1 : 0;
    } finally {
      await place.close();
    }
  },
};

function restoreInto(place: Place, file: string, call: Call): Promise<Restored> {
  const target = { ...verified(place), app: place.app, admin: place.admin, dataDir: call.config.dataDir };
  return restoreBackup(file, target, { force: flag(call, 'force'), signal: call.signal });
}

function verified({ owner, cluster }: Place) {
  return { owner, ...(cluster && { superuser: cluster.superuser }) };
}

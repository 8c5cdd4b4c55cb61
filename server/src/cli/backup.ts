import { dirname, join } from 'node:path';
import { writeBackup } from '../backup/write-backup.ts';
import { openDatabase } from '../platform/database/database.ts';
import { addMissing } from '../privacy/repeat-erasures.ts';
import { TOMBSTONES } from '../privacy/tombstones.ts';
import { keyFileIn } from '../secrets/key-file.ts';
import type { DataStore } from '../store.ts';
import { type Call, type Command, flag } from './command.ts';
import { withPlace } from './with-store.ts';

export const backup: Command = {
  usage: 'backup FILE [--force]',
  about: 'Back up everything to a file, as of one moment. The server can keep running.',
  async run(call) {
    await withPlace(call, async (place) => {
      const { file, bytes, tables } = await writeBackup({
        owner: place.owner,
        file: call.words[0] ?? '',
        postgres: place.version,
        now: call.now,
        force: flag(call, 'force'),
        signal: call.signal,
      });
      await addErasures(place, file);
      const rows = tables.reduce((sum, table) => sum + table.rows, 0);
      call.screen.show({ file, bytes, rows, tables }, [
        `Backed up ${rows} rows of ${tables.length} tables to ${file} (${Math.ceil(bytes / 1024)} kB) and verified the file.`,
        'It contains personal data and hashes of passwords and tokens: store it where nobody else can read it.',
        `Secrets in it are encrypted. To use them again, a restored database needs ${keyOf(call)}, which is not in it.`,
      ]);
    });
  },
};

function keyOf({ config }: Call): string {
  return config.secretKeys.length > 0 ? 'the SECRET_KEY of this server' : keyFileIn(config.dataDir);
}

/** Records beside the backup which people have been erased, so that restoring an older backup erases them again. */
async function addErasures(place: DataStore, file: string): Promise<void> {
  const owner = await openDatabase(place.owner, { size: 1, asOwner: true });
  await addMissing(owner, join(dirname(file), TOMBSTONES)).finally(() => owner.close());
}

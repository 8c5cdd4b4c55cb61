import type { Command } from './command.ts';
import { inStore } from './in-store.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  usage: '',
  about: 'Bring the database up to this version, as starting the server does.',
  options: {},
  async run(call) {
    const applied = await inStore(call, async ({ migrated }) => migrated, { create: true, schema: 'migrate' });
    const lines = applied.length === 0 ? ['The database is up to date.'] : applied.map((name) => `Applied ${name}.`);
    call.screen.show({ applied }, lines);
    return 0;
  },
};

import type { Command } from './command.ts';
import { withStore } from './with-store.ts';

export const migrateCommand: Command = {
  usage: 'migrate',
  about: 'Update the database to this version, as the server does when it starts.',
  async run(call) {
    const applied = await withStore(call, async ({ migrated }) => migrated, { create: true, schema: 'migrate' });
    const lines = applied.length === 0 ? ['The database is up to date.'] : applied.map((name) => `Applied ${name}.`);
    call.screen.show({ applied }, lines);
  },
};

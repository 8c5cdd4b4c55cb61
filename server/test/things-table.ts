import { Client } from 'pg';
import type { Tx } from '../src/platform/database/transaction.ts';
import type { TestDatabase } from './database.ts';

/** Creates a small tenant table, for tests of transactions that need no leads. */
export async function createThings({ connections }: Pick<TestDatabase, 'connections'>): Promise<void> {
  const owner = new Client(connections.owner);
  await owner.connect();
  await owner.query(`
    create table things (
      workspace_id uuid not null default nullif(current_setting('leadwell.workspace', true), '')::uuid,
      name text not null,
      primary key (workspace_id, name)
    );
    alter table things enable row level security;
    alter table things force row level security;
    create policy confined on things using (workspace_id = nullif(current_setting('leadwell.workspace', true), '')::uuid);
    grant select, insert, update, delete on things to leadwell_app`);
  await owner.end();
}

export const insert = (tx: Tx, name: string) => tx.query('insert into things (name) values ($1)', [name]);
export const names = async (tx: Tx) =>
  (await tx.query<{ name: string }>('select name from things order by name')).map((row) => row.name);

import { typeId, uuidv7 } from '../platform/ids.ts';
import { operatorError } from '../platform/operator-error.ts';
import { isRegion } from '../platform/phone/numbering.ts';
import { announceChange } from '../workspaces/change-store.ts';
import { createWorkspace, fillWorkspace } from '../workspaces/workspace-store.ts';
import { type Command, optionalText, requiredText, usageError } from './command.ts';
import { columns } from './output.ts';
import { recordByCli, withReadyStore, withStore } from './with-store.ts';
import { listWorkspaces } from './workspace-list-store.ts';

export const workspaceCreate: Command = {
  usage: 'workspace create --name N [--region R]',
  about: 'Create a workspace with the default reference data.',
  async run(call) {
    const name = requiredText(call, 'name');
    const region = (optionalText(call, 'region') ?? call.config.defaultRegion).toUpperCase();
    if (!isRegion(region)) throw usageError('--region must be a country code such as GB.');
    const id = uuidv7();
    await withReadyStore(call, (store) =>
      store.owner.tx(id, async (tx) => {
        if (!(await createWorkspace(tx, { id, name, region })))
          throw operatorError(`The workspace "${name}" already exists.`);
        await fillWorkspace(tx);
        await recordByCli(tx, call, 'workspace_made', { name });
        await announceChange(tx);
      }),
    );
    call.screen.show({ id: typeId('workspace', id), name, region }, [`Created the workspace "${name}".`]);
  },
};

export const workspaceList: Command = {
  usage: 'workspace list',
  about: 'List all workspaces.',
  async run(call) {
    const found = await withStore(call, (store) => store.owner.global(listWorkspaces));
    const workspaces = found.map((workspace) => ({ ...workspace, id: typeId('workspace', workspace.id) }));
    const rows = workspaces.map(({ id, name, region, leads }) => [id, region, String(leads), name]);
    call.screen.show(workspaces, columns(['ID', 'REGION', 'LEADS', 'NAME'], rows));
  },
};

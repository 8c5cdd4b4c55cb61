import type { Tx } from '../platform/database/transaction.ts';
import { anyLeadId, fromTypeId, typeId } from '../platform/ids.ts';
import { operatorError } from '../platform/operator-error.ts';
import { isRegion } from '../platform/phone/numbering.ts';
import { matchPolicies } from '../workspaces/tokens/match-policy.ts';
import { createToken, getToken, listTokens, revokeToken, type Token } from '../workspaces/tokens/token-store.ts';
import {
  type Call,
  type Command,
  choiceOption,
  flag,
  listOption,
  optionalText,
  requiredText,
  usageError,
} from './command.ts';
import { columns } from './output.ts';
import { changeWorkspace, readWorkspace, recordByCli } from './with-store.ts';

const scopes = ['read', 'write', 'calls', 'admin'] as const;

function view({ id, workspace_id: _, ...token }: Token) {
  return { id: typeId('token', id), ...token };
}

export const tokenCreate: Command = {
  usage: 'token create --dialect D [--workspace W] [--name N] [--policy P] [--scope S ...] [--region R] [--test-mode]',
  about: 'Create a token and print its secret, which is shown only once.',
  async run(call) {
    // Imported only when needed, because the dialects are a large part of the server.
    const { tokenKinds } = await import('../token-kinds.ts');
    const dialect = requiredText(call, 'dialect');
    const kind = tokenKinds.find(({ name }) => name === dialect);
    if (!kind) throw usageError(`--dialect must be one of ${tokenKinds.map(({ name }) => name).join(', ')}.`);
    const newToken = {
      dialect,
      prefix: kind.tokenPrefix,
      may_extend: kind.createsFields ?? false,
      name: optionalText(call, 'name') ?? `${dialect} token`,
      policy: choiceOption(call, 'policy', matchPolicies) ?? null,
      region: readRegion(call),
      scopes: readScopes(call),
      test_mode: flag(call, 'test-mode'),
      created_by: 'cli',
    };
    const { token, secret, workspace } = await changeWorkspace(call, async (tx, name) => {
      const made = await createToken(tx, newToken);
      await recordByCli(tx, call, 'token_made', { id: made.token.id, name: made.token.name, dialect });
      return { ...made, workspace: name };
    });
    call.screen.show({ token: secret, workspace, ...view(token) }, [secret]);
  },
};

function readRegion(call: Call): string | null {
  const region = optionalText(call, 'region')?.toUpperCase();
  if (region !== undefined && !isRegion(region)) throw usageError('--region must be a country code such as GB.');
  return region ?? null;
}

function readScopes(call: Call): string[] {
  const given = listOption(call, 'scope');
  const unknown = given.find((one) => !scopes.some((scope) => scope === one));
  if (unknown) throw usageError(`--scope must be one of ${scopes.join(', ')}, not "${unknown}".`);
  return [...new Set(given)];
}

export const tokenList: Command = {
  usage: 'token list [--workspace W]',
  about: 'List the tokens of a workspace. Their secrets are not stored.',
  async run(call) {
    const tokens = (await readWorkspace(call, listTokens)).map(view);
    const rows = tokens.map((token) => [
      token.id,
      token.dialect,
      token.hint,
      token.revoked_at ? 'revoked' : token.test_mode ? 'test mode' : 'active',
      token.last_used_at?.toISOString() ?? 'never',
      token.name,
    ]);
    call.screen.show(tokens, columns(['ID', 'DIALECT', 'SECRET', 'STATE', 'LAST USED', 'NAME'], rows));
  },
};

export const tokenRevoke: Command = {
  usage: 'token revoke ID [--workspace W]',
  about: 'Revoke a token immediately.',
  async run(call) {
    const [named = ''] = call.words;
    // Accepts the id as listed, or in any form that is accepted for lead ids.
    const id = fromTypeId('token', named) ?? anyLeadId(named);
    const revoked = id !== undefined && (await changeWorkspace(call, (tx) => revoke(tx, id, call)));
    if (!revoked || !id) throw operatorError(`There is no active token ${named} in this workspace.`);
    call.screen.show({ id: typeId('token', id), revoked: true }, ['The token has been revoked.']);
  },
};

async function revoke(tx: Tx, id: string, call: Call): Promise<boolean> {
  if (!(await revokeToken(tx, id))) return false;
  await recordByCli(tx, call, 'token_revoked', { id, name: (await getToken(tx, id))?.name });
  return true;
}

import type { Tx } from '../platform/database/transaction.ts';
import { anyLeadId, fromTypeId, typeId } from '../platform/ids.ts';
import { operatorError } from '../platform/operator-error.ts';
import { isRegion } from '../platform/phone.ts';
import { matchPolicies } from '../workspaces/tokens/match-policy.ts';
import { createToken, getToken, listTokens, revokeToken, type Token } from '../workspaces/tokens/token-store.ts';
import { type Call, type Command, flag, many, misused, oneOf, optional, required } from './command.ts';
import { changeIn, lookInto, recordByCli, workspaceOption } from './in-store.ts';
import { columns } from './screen.ts';

const scopes = ['read', 'write', 'calls', 'admin'] as const;

function view({ id, workspace_id: _, ...token }: Token) {
  return { id: typeId('token', id), ...token };
}

export const tokenCreate: Command = {
  name: 'token create',
  usage: '--dialect D [--workspace W] [--name N] [--policy P] [--scope S ...] [--region R] [--test-mode]',
  about: 'Make a token and print its secret, once.',
  options: {
    ...workspaceOption,
    dialect: { type: 'string' },
    name: { type: 'string' },
    policy: { type: 'string' },
    scope: { type: 'string', multiple: true },
    region: { type: 'string' },
    'test-mode': { type: 'boolean' },
  },
  async run(call) {
    // Loaded only here: the dialects are a good part of the server.
    const { tokenKinds } = await import('../token-kinds.ts');
    const dialect = required(call, 'dialect');
    const kind = tokenKinds.find(({ name }) => name === dialect);
    if (!kind) throw misused(`--dialect must be one of ${tokenKinds.map(({ name }) => name).join(', ')}.`);
    const wanted = {
      dialect,
      prefix: kind.tokenPrefix,
      name: optional(call, 'name') ?? `${dialect} token`,
      policy: oneOf(call, 'policy', matchPolicies) ?? null,
      region: readRegion(call),
      scopes: readScopes(call),
      test_mode: flag(call, 'test-mode'),
      created_by: 'cli',
    };
    const { token, secret, workspace } = await changeIn(call, async (tx, name) => {
      const made = await createToken(tx, wanted);
      await recordByCli(tx, call, 'token_made', { id: made.token.id, name: made.token.name, dialect });
      return { ...made, workspace: name };
    });
    call.screen.show({ token: secret, workspace, ...view(token) }, [secret]);
    return 0;
  },
};

function readRegion(call: Call): string | null {
  const region = optional(call, 'region')?.toUpperCase();
  if (region !== undefined && !isRegion(region)) throw misused('--region must be a country such as GB.');
  return region ?? null;
}

function readScopes(call: Call): string[] {
  const given = many(call, 'scope');
  const unknown = given.find((one) => !scopes.some((scope) => scope === one));
  if (unknown) throw misused(`--scope must be of ${scopes.join(', ')}; "${unknown}" is not.`);
  return [...new Set(given)];
}

export const tokenList: Command = {
  name: 'token list',
  usage: '[--workspace W]',
  about: 'List the tokens of a workspace. Their secrets are kept nowhere.',
  options: { ...workspaceOption },
  async run(call) {
    const tokens = (await lookInto(call, listTokens)).map(view);
    const rows = tokens.map((token) => [
      token.id,
      token.dialect,
      token.hint,
      token.revoked_at ? 'revoked' : token.test_mode ? 'test mode' : 'works',
      token.last_used_at?.toISOString() ?? 'never',
      token.name,
    ]);
    call.screen.show(tokens, columns(['ID', 'DIALECT', 'SECRET', 'STATE', 'LAST USED', 'NAME'], rows));
    return 0;
  },
};

export const tokenRevoke: Command = {
  name: 'token revoke',
  usage: 'ID [--workspace W]',
  about: 'End a token at once.',
  options: { ...workspaceOption },
  words: [1, 1],
  async run(call) {
    const [named = ''] = call.words;
    // The same forms as for leads, or the one that lists show.
    const id = fromTypeId('token', named) ?? anyLeadId(named);
    const revoked = id !== undefined && (await changeIn(call, (tx) => revoke(tx, id, call)));
    if (!revoked || !id) throw operatorError(`There is no token ${named} in this workspace that still works.`);
    call.screen.show({ id: typeId('token', id), revoked: true }, ['The token no longer works.']);
    return 0;
  },
};

async function revoke(tx: Tx, id: string, call: Call): Promise<boolean> {
  if (!(await revokeToken(tx, id))) return false;
  await recordByCli(tx, call, 'token_revoked', { id, name: (await getToken(tx, id))?.name });
  return true;
}

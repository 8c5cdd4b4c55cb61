import type { Tx } from '../platform/database/transaction.ts';
import { addMember } from '../workspaces/members/member-store.ts';
import { addDepartment, addSource, setDepartmentMembers } from '../workspaces/reference/reference-store.ts';
import { loadReferenceData } from '../workspaces/reference-cache-store.ts';
import { createToken } from '../workspaces/tokens/token-store.ts';
import { type DemoAgent, type DemoContext, type DemoSource, demoContextOf } from './demo-context.ts';
import { type DemoItem, findDemoItems, rememberItems } from './demo-store.ts';
import { createTags } from './sample-tags.ts';
import { staffFor } from './staff.ts';

const wanted: readonly Omit<DemoSource, 'id' | 'tokenId'>[] = [
  source('Website', 'getlead', 'Website form', 34, 1, ['spring-offer', 'homepage']),
  source('Google Ads', 'overplane', 'Landing pages', 20, 0.8, ['brand', 'fibre-100', 'switch-now']),
  source('Facebook', 'getlead', 'Website form', 14, 0.45, ['lookalike', 'retargeting']),
  source('Partner', 'ispcrm', 'Partner portal', 12, 1.2, []),
  source('Referral', 'native', 'Customer app', 9, 1.8, []),
  source('Phone', 'dialler', 'Call centre partner', 7, 1.4, []),
  source('Trade fair', 'crmcom', 'Fair badges', 4, 0.9, ['spring-fair']),
];

const prefixes: Readonly<Record<DemoSource['dialect'], string>> = {
  getlead: 'gl_',
  overplane: 'sk_',
  ispcrm: 'lw_',
  crmcom: 'lw_',
  dialler: 'lw_',
  native: 'lw_',
};

function source(
  name: string,
  dialect: DemoSource['dialect'],
  tokenName: string,
  weight: number,
  quality: number,
  campaigns: readonly string[],
): Omit<DemoSource, 'id' | 'tokenId'> {
  return { name, dialect, tokenName: `${tokenName} (sample)`, weight, quality, campaigns };
}

/**
 * Creates the people, sources and tokens that the sample histories need, unless they exist, and records them for
 * removal. The tokens' secrets are discarded.
 */
export async function prepareWorkspace(tx: Tx, leads: number): Promise<DemoContext> {
  const before = await loadReferenceData(tx);
  if (!before) throw new Error('There is no such workspace.');
  const made: DemoItem[] = [];
  const sources = await createSources(tx, made, before);
  const agents = await createAgents(tx, made, before, leads);
  await createTags(tx, made, before);
  await rememberItems(tx, made);
  const referenceData = made.length > 0 ? await loadReferenceData(tx) : before;
  return demoContextOf(referenceData ?? before, { sources, agents });
}

async function createSources(
  tx: Tx,
  made: DemoItem[],
  referenceData: DemoContext['referenceData'],
): Promise<DemoSource[]> {
  const tokens = await findDemoItems(tx, 'token');
  const sources: DemoSource[] = [];
  for (const one of wanted) {
    const known = referenceData.find('source', { by: 'name', value: one.name });
    const id = known?.id ?? (await addSource(tx, one.name));
    if (!known) made.push({ kind: 'source', id });
    let tokenId = tokens.get(one.tokenName);
    if (!tokenId) {
      const { dialect, tokenName } = one;
      tokenId = (await createToken(tx, { dialect, prefix: prefixes[dialect], name: tokenName })).token.id;
      tokens.set(tokenName, tokenId);
      made.push({ kind: 'token', id: tokenId });
    }
    sources.push({ ...one, id, tokenId });
  }
  return sources;
}

/** The agents look like members who never accepted their invitation: nobody can sign in as one of them. */
async function createAgents(
  tx: Tx,
  made: DemoItem[],
  referenceData: DemoContext['referenceData'],
  leads: number,
): Promise<DemoAgent[]> {
  const agents: DemoAgent[] = [];
  for (const { name, role, department, slowness } of staffFor(leads)) {
    const email = `${name.toLowerCase().replace(' ', '.')}@example.com`;
    const known = referenceData.find('member', { by: 'email', value: email });
    const id = known?.id ?? (await addMember(tx, { name, email, username: email, role, password_hash: null }));
    if (!id) throw new Error(`${name} could not be made a member.`);
    if (!known) made.push({ kind: 'member', id });
    const place = referenceData.find('department', { by: 'name', value: department });
    const departmentId = place?.id ?? (await addDepartment(tx, department));
    if (!place && !made.some((item) => item.id === departmentId)) made.push({ kind: 'department', id: departmentId });
    agents.push({ id, name, departmentId, slowness });
  }
  for (const { id } of made.filter(({ kind }) => kind === 'department'))
    await setDepartmentMembers(
      tx,
      id,
      agents.filter(({ departmentId }) => departmentId === id).map((agent) => agent.id),
    );
  return agents.slice(1);
}

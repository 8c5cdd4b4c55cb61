import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project-root.ts';

/** Roles and scopes as docs/access.md explains them; deliberately not imported from the code under test. */
export const roles = ['viewer', 'agent', 'manager', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];
export const scopes = ['read', 'write', 'calls', 'admin'] as const;
export type Scope = (typeof scopes)[number];
const holders: Readonly<Record<Scope | 'none', readonly Scope[]>> = {
  read: ['read', 'write', 'admin'],
  write: ['write', 'admin'],
  calls: ['calls', 'admin'],
  admin: ['admin'],
  none: [],
};

/** One line of the table. */
export interface Line {
  /** `GET /v1/leads/{id}`, or the name of a command or job. */
  name: string;
  /** What restricts the line to a special case, from the parentheses after the name: `delete`. */
  special?: string;
  members: Role | 'everybody';
  tokens: Scope | 'none' | 'everybody';
  /** Whether it concerns only leads that the caller may see. */
  seen: boolean;
}

/** An endpoint of a dialect and the command that it requests. */
export interface EndpointLine {
  name: string;
  dialect: string;
  command: string;
}

/** Whose rights are checked: a member's by role, a token's by scopes (no scopes: everything), or nobody's. */
export type Who = { role: Role } | { scopes: readonly Scope[] } | undefined;

const sections = readSections();
export const commandLines = linesOf('Commands');
export const jobLines = linesOf('Jobs in the background');
export const endpointLines: EndpointLine[] = rowsOf('Endpoints of dialects').flatMap(
  ([names = '', dialect = '', command = '']) => {
    const [, methods = '', path = ''] = /^(.*) (\S+)$/.exec(names) ?? [];
    return methods.split(', ').map((method) => ({ name: `${method} ${path}`, dialect, command }));
  },
);
export const otherLines = linesOf('Other paths');
export const routeLines = [...sections.values()]
  .flat()
  .flatMap((cells) => (cells[0]?.includes(' /v1/') ? [lineOf(cells)] : []));

/** Whether the table lets somebody do what a line describes. */
export function allows({ members, tokens }: Line, who: Who): boolean {
  if (members === 'everybody') return true;
  if (!who) return false;
  if ('role' in who) return roles.indexOf(who.role) >= roles.indexOf(members);
  if (tokens === 'everybody') return true;
  if (who.scopes.length === 0) return tokens !== 'none';
  return who.scopes.some((scope) => holders[tokens].includes(scope));
}

function readSections(): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  let rows: string[][] = [];
  for (const text of readFileSync(join(projectRoot(), 'docs/access.md'), 'utf8').split('\n')) {
    if (text.startsWith('## ')) {
      rows = [];
      found.set(text.slice(3), rows);
    }
    const cells = text
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells.length > 0 && !cells[0]?.startsWith('--')) rows.push(cells);
  }
  return found;
}

/** The rows of a section, without the table's header. */
function rowsOf(section: string): string[][] {
  const rows = sections.get(section);
  if (!rows) throw new Error(`docs/access.md has no section “${section}”.`);
  return rows.slice(1);
}

function linesOf(section: string): Line[] {
  return rowsOf(section).map(lineOf);
}

function lineOf(cells: string[]): Line {
  const [, name = '', special] = /^(.*?)(?: \((.*)\))?$/.exec(cells[0] ?? '') ?? [];
  const [, members, tokens, sight] = cells;
  const isKnown =
    (members === 'everybody' || roles.some((role) => role === members)) &&
    (tokens === 'everybody' || Object.keys(holders).includes(tokens ?? '')) &&
    (sight === '' || sight === 'seen');
  if (!isKnown || cells.length !== 4)
    throw new Error(`docs/access.md: a line that nobody can read: ${cells.join(' | ')}`);
  return {
    name,
    ...(special && { special }),
    members: members as Line['members'],
    tokens: tokens as Line['tokens'],
    seen: sight === 'seen',
  };
}

import { touches } from '../../events/screens.ts';
import type { Tx } from '../../platform/database/transaction.ts';
import { uuidv7 } from '../../platform/ids.ts';

export const audiences = ['me', 'team', 'all'] as const;
export type Audience = (typeof audiences)[number];

export const viewScreens = ['leads', 'reports'] as const;
/** The screen that a view belongs to. */
export type ViewScreen = (typeof viewScreens)[number];

/** Named, saved filters of the list of leads or of the reports. */
export interface SavedView {
  id: string;
  name: string;
  /** Audience of the view: its creator, the creator's departments, or everybody. */
  audience: Audience;
  /** The creator; null for views that come with the workspace. */
  member_id: string | null;
  screen: ViewScreen;
  /** Query string, without the question mark. */
  query: string;
  position: number;
  last_used_at: Date | null;
}

const columns = 'id, name, audience, member_id, screen, query, position, last_used_at';

/** Views of a screen for everybody, team views created by these colleagues, and the member's own, in order. */
export async function listViews(
  tx: Tx,
  screen: ViewScreen,
  memberId: string | null,
  colleagues: readonly string[],
): Promise<SavedView[]> {
  return tx.query<SavedView>(
    `SELECT ${columns} FROM views WHERE workspace_id = $1 AND screen = $4
       AND (audience = 'all' OR member_id = $2 OR (audience = 'team' AND member_id = ANY($3::uuid[])))
     ORDER BY position, id`,
    [tx.workspaceId, memberId, colleagues, screen],
  );
}

export async function getView(tx: Tx, id: string, lock = false): Promise<SavedView | undefined> {
  const [view] = await tx.query<SavedView>(
    `SELECT ${columns} FROM views WHERE workspace_id = $1 AND id = $2${lock ? ' FOR UPDATE' : ''}`,
    [tx.workspaceId, id],
  );
  return view;
}

/** Adds a view after the existing ones. */
export async function addView(
  tx: Tx,
  view: Pick<SavedView, 'name' | 'audience' | 'member_id' | 'screen' | 'query'>,
): Promise<SavedView> {
  touches(tx, 'views');
  const [added] = await tx.query<SavedView>(
    `INSERT INTO views (workspace_id, id, name, audience, member_id, query, screen, position)
     SELECT $1, $2, $3, $4, $5, $6, $7, coalesce(max(position), 0) + 1 FROM views WHERE workspace_id = $1 RETURNING ${columns}`,
    [tx.workspaceId, uuidv7(), view.name, view.audience, view.member_id, view.query, view.screen],
  );
  return added as SavedView;
}

export async function saveView(tx: Tx, view: SavedView): Promise<void> {
  touches(tx, 'views');
  await tx.query(
    'UPDATE views SET name = $3, audience = $4, query = $5, position = $6 WHERE workspace_id = $1 AND id = $2',
    [tx.workspaceId, view.id, view.name, view.audience, view.query, view.position],
  );
}

/** Records when a view was last used. */
export async function noteViewUse(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.query('UPDATE views SET last_used_at = $3 WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id, at]);
}

export async function removeView(tx: Tx, id: string): Promise<void> {
  touches(tx, 'views');
  await tx.query('DELETE FROM views WHERE workspace_id = $1 AND id = $2', [tx.workspaceId, id]);
}

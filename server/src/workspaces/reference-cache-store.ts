import type { Tx } from '../platform/database/transaction.ts';
import { loadNewNames } from './reference/new-name-store.ts';
import type { ReadingRule } from './reference/reading-rule.ts';
import {
  type CallEnding,
  type CustomField,
  type Department,
  type LeadType,
  type ListItem,
  listKinds,
  type Member,
  makeReferenceData,
  type ReferenceContents,
  type ReferenceData,
  type ReferenceItem,
  type Status,
  type Tag,
  workspaceSettingNames,
} from './reference-data.ts';

const item = 'id, name, alternative_code, description';

/** Reads all reference data of a workspace; undefined if there is no such workspace. */
export async function loadReferenceData(tx: Tx): Promise<ReferenceData | undefined> {
  const [workspace] = await tx.query<ReferenceData['workspace']>(
    `SELECT id, ${workspaceSettingNames.join(', ')},
       EXISTS (SELECT 1 FROM source_number_rules WHERE workspace_id = $1) AS has_source_numbers,
       CASE WHEN EXISTS (SELECT 1 FROM erased_keys WHERE workspace_id = $1) THEN privacy_key END AS erased_keys_secret
     FROM workspaces WHERE id = $1`,
    [tx.workspaceId],
  );
  if (!workspace) return undefined;
  const of = <Row extends object>(text: string) => tx.query<Row>(text, [tx.workspaceId]);
  const contents: ReferenceContents = {
    status: await of<Status>(
      `SELECT ${item}, state, is_default, colour, idle_days FROM statuses WHERE workspace_id = $1 ORDER BY position, id`,
    ),
    type: await of<LeadType>(
      `SELECT ${item}, default_status_id, default_category_id, email_on_create, email_subject, email_text, phone_on_create,
         rules, script, call_priority, call_from, call_until
       FROM lead_types WHERE workspace_id = $1 ORDER BY position, id`,
    ),
    source: await of<ReferenceItem>(`SELECT ${item} FROM sources WHERE workspace_id = $1 ORDER BY id`),
    department: await loadDepartments(tx),
    call_outcome: await of<CallEnding>(
      `SELECT id, name, NULL AS alternative_code, NULL AS description, meaning, reached, retry_minutes, most_attempts AS max_attempts,
         status_id, lost_reason_id, asks_next_step FROM call_outcomes WHERE workspace_id = $1 ORDER BY position, id`,
    ),
    member: await of<Member>(
      `SELECT id, name, NULL AS alternative_code, NULL AS description, email, username, role, active, user_id,
         sees AS visibility, user_id IS NOT NULL AS joined,
         CASE WHEN bounced_email = email THEN bounce_reason END AS bounced
       FROM members WHERE workspace_id = $1 ORDER BY id`,
    ),
  };
  const lists = await of<ListItem>(
    `SELECT ${item}, kind, code, colour, state, probability FROM reference_items WHERE workspace_id = $1 ORDER BY position, id`,
  );
  for (const kind of listKinds) Object.assign(contents, { [kind]: lists.filter((one) => one.kind === kind) });
  // Sorted by name, because that is how tags are shown.
  contents.tag = await of<Tag>(
    `SELECT ${item}, colour FROM reference_items WHERE workspace_id = $1 AND kind = 'tag' ORDER BY folded_name, id`,
  );
  const fields = await of<CustomField>('SELECT name, type FROM custom_fields WHERE workspace_id = $1 ORDER BY id');
  const rules = await of<ReadingRule>(
    'SELECT id, dialect, token_id, field, value, folded_value, meaning FROM reading_rules WHERE workspace_id = $1 ORDER BY id',
  );
  return makeReferenceData(workspace, contents, fields, rules, await loadNewNames(tx));
}

/** Departments with their active members in rotation order. */
async function loadDepartments(tx: Tx): Promise<Department[]> {
  return tx.query<Department>(
    `SELECT d.id, d.name, d.alternative_code, d.description,
       coalesce(array_agg(m.id ORDER BY dm.position) FILTER (WHERE m.active), '{}') AS member_ids
     FROM departments d
     LEFT JOIN department_members dm ON dm.workspace_id = d.workspace_id AND dm.department_id = d.id
     LEFT JOIN members m ON m.workspace_id = dm.workspace_id AND m.id = dm.member_id
     WHERE d.workspace_id = $1 GROUP BY d.workspace_id, d.id ORDER BY d.id`,
    [tx.workspaceId],
  );
}

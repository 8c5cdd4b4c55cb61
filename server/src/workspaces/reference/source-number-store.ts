import type { Tx } from '../../platform/database/transaction.ts';

/** Routes a number (digits) to a department; the latest rule for a number wins. */
export async function addSourceNumberRule(tx: Tx, number: string, departmentId: string): Promise<void> {
  await tx.query(
    `INSERT INTO source_number_rules (workspace_id, number, department_id) VALUES ($1, $2, $3)
     ON CONFLICT (workspace_id, number) DO UPDATE SET department_id = excluded.department_id, created_at = now()`,
    [tx.workspaceId, number, departmentId],
  );
}

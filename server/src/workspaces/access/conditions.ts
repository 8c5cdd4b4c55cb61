import type { Visibility } from './visibility.ts';

/**
 * Collects the conditions of an SQL statement and their parameters. Conditions are always written by us; values go
 * through `param` and never become SQL. $1 is the workspace.
 */
export class Conditions {
  readonly params: unknown[];
  readonly #all: string[] = [];

  /** `table` is the alias of the filtered rows in statements that read several tables. */
  constructor(workspaceId: string | null, table?: string, params: unknown[] = [workspaceId]) {
    this.params = params;
    this.add(`${of(table)}workspace_id = $1`);
  }

  /** Conditions of a subquery, which shares the statement's parameters. */
  inside(table: string): Conditions {
    return new Conditions(null, table, this.params);
  }

  /** Adds a value and returns its placeholder. */
  param(value: unknown): string {
    return `$${this.params.push(value)}`;
  }

  add(condition: string): this {
    this.#all.push(condition);
    return this;
  }

  /** Restricts the rows to visible leads; `lead` is their alias in the statement. */
  visible(visibility: Visibility | undefined, lead?: string): this {
    return visibility ? this.add(this.isVisible(visibility, lead)) : this;
  }

  /**
   * SQL that checks whether a lead is visible. Row-level security enforces the same, but row by row, whereas a
   * condition in the statement can use an index. `ownerColumn` is the column with the lead's owner.
   */
  isVisible(visibility: Visibility | undefined, lead?: string, ownerColumn = 'owner_id'): string {
    if (!visibility) return 'true';
    const { owners, departments } = visibility;
    const isOwned = `${of(lead)}${ownerColumn} = ANY (${this.param(owners)}::uuid[])`;
    if (departments.length === 0) return isOwned;
    return `(${isOwned} OR ${of(lead)}department_id = ANY (${this.param(departments)}::uuid[]))`;
  }

  /** SQL that checks whether a column has one of these ids; a null among them matches rows without an id. */
  isOneOf(column: string, ids: readonly (string | null)[]): string {
    const known = this.param(ids.filter((id) => id !== null));
    return `(${column} = ANY (${known}::uuid[])${ids.includes(null) ? ` OR ${column} IS NULL` : ''})`;
  }

  /** `isVisible` split into disjoint conditions, each of which can be read in order from one index. */
  visibleParts({ owners, departments }: Visibility, lead?: string): string[] {
    const others = departments.length > 0 ? this.param(owners) : '';
    const isElsewhere = `${of(lead)}owner_id = ANY (${others}::uuid[]) IS NOT TRUE`;
    return [
      ...owners.map((id) => `${of(lead)}owner_id = ${this.param(id)}`),
      ...departments.map((id) => `${of(lead)}department_id = ${this.param(id)} AND ${isElsewhere}`),
    ];
  }

  sql(): string {
    return this.#all.join(' AND ');
  }
}

function of(table: string | undefined): string {
  return table ? `${table}.` : '';
}

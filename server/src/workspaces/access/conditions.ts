import type { Visibility } from './visibility.ts';

/**
 * Conditions of a statement and their parameters. The text of a condition is always ours; a value goes through `param`
 * and never becomes SQL. $1 is the workspace.
 */
export class Conditions {
  readonly params: unknown[];
  readonly #all: string[] = [];

  /** `table` names the rows that are narrowed, where a statement reads several tables. */
  constructor(workspaceId: string | null, table?: string, params: unknown[] = [workspaceId]) {
    this.params = params;
    this.add(`${of(table)}workspace_id = $1`);
  }

  /** Conditions of a subquery, which shares the parameters of its statement. */
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

  /** Keeps only leads that somebody may see; `lead` is what the statement calls them. */
  visible(visibility: Visibility | undefined, lead?: string): this {
    return visibility ? this.add(this.isVisible(visibility, lead)) : this;
  }

  /**
   * Whether somebody may see a lead. Row-level security demands the same, but checks it row by row, where a condition
   * of the statement can be answered by an index.
   */
  isVisible(visibility: Visibility | undefined, lead?: string): string {
    if (!visibility) return 'true';
    const { owners, departments } = visibility;
    const isOwned = `${of(lead)}owner_id = ANY (${this.param(owners)}::uuid[])`;
    if (departments.length === 0) return isOwned;
    return `(${isOwned} OR ${of(lead)}department_id = ANY (${this.param(departments)}::uuid[]))`;
  }

  /** `isVisible` as conditions of which each is read from one index in order; no lead meets two of them. */
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

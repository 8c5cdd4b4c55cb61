// How many rows the statements of some requests read, and which statement read most.

/** The rows that a plan's nodes read from tables and indexes, including those that were then filtered out. */
function rowsOf(node) {
  const inner = (node.Plans ?? []).map(rowsOf).reduce((sum, rows) => sum + rows, 0);
  const isRead = node['Relation Name'] !== undefined || node['Node Type'] === 'Bitmap Index Scan';
  if (!isRead) return inner;
  const dropped = ['Rows Removed by Filter', 'Rows Removed by Index Recheck', 'Rows Removed by Join Filter'];
  // The rows of a bitmap heap scan were already counted in the bitmap index scan that found them.
  const found = node['Node Type'] === 'Bitmap Heap Scan' ? [] : ['Actual Rows', ...dropped];
  const rows = found.reduce((sum, name) => sum + (node[name] ?? 0), 0);
  return inner + rows * (node['Actual Loops'] ?? 1);
}

/** Sums up logged plans: all rows read, and the single statement that read most. */
export function sumUp(plans) {
  let rows = 0;
  let worst = { rows: 0 };
  for (const { 'Query Text': text, Plan: plan } of plans) {
    const read = rowsOf(plan);
    rows += read;
    if (read > worst.rows) worst = { rows: read, text, plan };
  }
  return { rows, worst };
}

/** A plan in a few lines: the index that each node reads, its condition, and the number of rows. */
export function outline(node, depth = 0) {
  const of = node['Index Name'] ?? node['Relation Name'];
  const condition = node['Index Cond'] ?? node['Recheck Cond'];
  const words = [
    `${'  '.repeat(depth)}${node['Node Type']}`,
    of && `${of}:`,
    of && `${node['Actual Rows']} rows x ${node['Actual Loops']}`,
    condition && `where ${condition}`,
    node['Rows Removed by Filter'] && `dropping ${node['Rows Removed by Filter']} by ${node.Filter}`,
  ];
  const line = words.filter(Boolean).join(' ').slice(0, 260);
  return [line, ...(node.Plans ?? []).flatMap((inner) => outline(inner, depth + 1))];
}

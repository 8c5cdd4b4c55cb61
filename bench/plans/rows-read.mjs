// How many rows the statements of a stretch of requests read, and which statement read most.

/** Rows that a plan's nodes read from tables and indexes, those that they then dropped included. */
function rowsOf(node) {
  const inner = (node.Plans ?? []).map(rowsOf).reduce((sum, rows) => sum + rows, 0);
  const isRead = node['Relation Name'] !== undefined || node['Node Type'] === 'Bitmap Index Scan';
  if (!isRead) return inner;
  const dropped = ['Rows Removed by Filter', 'Rows Removed by Index Recheck', 'Rows Removed by Join Filter'];
  // What a bitmap found is counted where it was found.
  const found = node['Node Type'] === 'Bitmap Heap Scan' ? [] : ['Actual Rows', ...dropped];
  const rows = found.reduce((sum, name) => sum + (node[name] ?? 0), 0);
  return inner + rows * (node['Actual Loops'] ?? 1);
}

/** Sums up logged plans: rows read in all, and the statement of one run that read most. */
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

/** A plan in a few lines: which index each node reads, under which condition, and how many rows. */
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

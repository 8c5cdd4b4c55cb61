const clauses =
  'WITH|SELECT|FROM|WHERE|AND|(?:(?:LEFT|CROSS|FULL) )?JOIN|GROUP BY|ORDER BY|LIMIT|OFFSET|UNION ALL|UNION|VALUES';
const tokens = new RegExp(
  `(?<clause>\\b(?:${clauses})\\b)|(?<subquery>\\((?=[( ]*(?:SELECT|WITH)\\b))|(?<open>\\()|(?<close>\\))|[\\w$.']+|.`,
  'g',
);

/** Formats a statement for reading: one line per clause, subqueries indented. Only white space changes. */
export function formatSql(text: string): string {
  const lines: string[] = [];
  /** For each open bracket, whether it contains a subquery. */
  const brackets: boolean[] = [];
  let line = '';
  const flush = () => {
    const depth = brackets.filter(Boolean).length + (line.startsWith('AND ') ? 1 : 0);
    if (line.trim() !== '') lines.push('  '.repeat(depth) + line.trim());
    line = '';
  };
  for (const { 0: token, groups } of text.replace(/\s+/g, ' ').trim().matchAll(tokens)) {
    const { clause, subquery, open, close } = groups ?? {};
    if (clause && brackets.at(-1) !== false) flush();
    if (close && brackets.at(-1)) flush();
    if (close) brackets.pop();
    line += token;
    if (subquery) flush();
    if (subquery || open) brackets.push(subquery !== undefined);
  }
  flush();
  return lines.join('\n');
}

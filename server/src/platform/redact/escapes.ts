/** A text with its escapes undone, and where each of its characters was in the source. */
export interface View {
  text: string;
  /** Undefined for the source itself. */
  places: { starts: readonly number[]; ends: readonly number[] } | undefined;
}

/** Named entities for the characters that tokens consist of, and for those that escapes begin with. */
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lowbar: '_',
  UnderBar: '_',
  period: '.',
  hyphen: '-',
  dash: '-',
  plus: '+',
  sol: '/',
  equals: '=',
  percnt: '%',
  bsol: '\\',
  NewLine: '\n',
  num: '#',
  semi: ';',
};

const ESCAPE = new RegExp(
  [
    '%([0-9a-f]{2})',
    '%u00([0-9a-f]{2})',
    '\\\\u00([0-9a-f]{2})',
    '\\\\u\\{0*([0-9a-f]{2})\\}',
    '\\\\x([0-9a-f]{2})',
    '&#x0*([0-9a-f]{2});?',
    '&#0*(\\d{2,3});?',
    `&(${Object.keys(ENTITIES).join('|')});`,
    '\\\\([/"\'\\\\nrt])',
  ].join('|'),
  'gi',
);
const HEX_GROUPS = 6;
const CONTROL: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** The view with one layer of percent, JSON, script and HTML escapes undone; the same view if there are none. */
export function unescaped(view: View): View {
  return rewritten(view, ESCAPE, (match) => {
    const hex = match.slice(1, HEX_GROUPS + 1).find(Boolean);
    if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
    const [decimal, entity, escaped] = match.slice(HEX_GROUPS + 1);
    if (decimal) return String.fromCharCode(Number(decimal));
    if (entity) return ENTITIES[entity] ?? ENTITIES[entity.toLowerCase()] ?? '';
    return CONTROL[escaped ?? ''] ?? escaped ?? '';
  });
}

const LINE_BREAK = /[ \t]*[\r\n]+[ \t]*/g;

/** The view without its line breaks, since Base64 may contain them; the same view if there are none. */
export function unfolded(view: View): View {
  return rewritten(view, LINE_BREAK, () => '');
}

function rewritten(view: View, pattern: RegExp, replacement: (match: RegExpExecArray) => string): View {
  const { text, places } = view;
  const starts: number[] = [];
  const ends: number[] = [];
  let [plain, from] = ['', 0];
  const put = (chars: string, first: number, last: number) => {
    plain += chars;
    for (let index = 0; index < chars.length; index += 1) {
      starts.push(places?.starts[first + index] ?? first + index);
      ends.push(places?.ends[last + index] ?? last + index + 1);
    }
  };
  for (const match of text.matchAll(pattern)) {
    put(text.slice(from, match.index), from, from);
    const end = match.index + match[0].length;
    put(replacement(match), match.index, end - 1);
    from = end;
  }
  if (from === 0) return view;
  put(text.slice(from), from, from);
  return { text: plain, places: { starts, ends } };
}

/** The source with every occurrence of `found` in the view replaced. */
export function cut(source: string, { text, places }: View, found: string, replacement: string): string {
  let [done, from] = ['', 0];
  for (let at = text.indexOf(found); at !== -1; at = text.indexOf(found, at + found.length)) {
    const last = at + found.length - 1;
    done += source.slice(from, places?.starts[at] ?? at) + replacement;
    from = places?.ends[last] ?? last + 1;
  }
  return done + source.slice(from);
}

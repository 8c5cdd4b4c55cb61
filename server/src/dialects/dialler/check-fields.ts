import type { Issue } from '../dialect.ts';
import { type Fields, isMailable } from '../field-rules.ts';
import { readData } from './data-field.ts';
import { readDelay } from './read-delay.ts';
import { hasShortLocalPart, isCallable, textOf } from './read-text.ts';
import { isBlank, issueAt, type Rule, type RuleKind, type WireName } from './wire.ts';

/** Maximum length of a text field, in code points. */
export const MAX_LENGTH = 10_000;

type Failure = Omit<Issue, 'at' | 'field'>;
type Check = (fields: Fields, at: WireName, region: string) => Failure | undefined;

const checks: Readonly<Record<RuleKind, Check>> = {
  be_there: (fields, at) => (isBlank(fields.get(at)) ? { code: 'required' } : undefined),
  be_email: (fields, at) => {
    const text = textOf(fields, at);
    return text && isMailable(text) && hasShortLocalPart(text) ? undefined : { code: 'bad_email' };
  },
  be_text: (fields, at) => {
    const text = textOf(fields, at);
    if (text === undefined) return { code: 'not_text' };
    return text.length > MAX_LENGTH && [...text].length > MAX_LENGTH
      ? { code: 'too_long', limits: { max: MAX_LENGTH } }
      : undefined;
  },
  be_phone: (fields, at, region) => {
    const text = textOf(fields, at);
    return text && isCallable(text, region) ? undefined : { code: 'bad_phone' };
  },
  be_json_text: (fields, at) => (readData(fields.get(at)) === undefined ? { code: 'bad_json' } : undefined),
  be_delay: (fields, at) => {
    const delay = readDelay(fields.get(at));
    return typeof delay === 'number' ? undefined : delay;
  },
};

/**
 * All issues of a request, in the vendor's order. A blank field has at most one issue, because the other rules skip it.
 */
export function checkFields(fields: Fields, rules: readonly Rule[], region: string): Issue[] {
  const issues: Issue[] = [];
  for (const { must, of } of rules)
    for (const at of of) {
      const failure = isSkipped(must, fields.get(at)) ? undefined : checks[must](fields, at, region);
      if (failure) issues.push(issueAt(at, failure));
    }
  return issues;
}

/** Yii, the vendor's framework, skips blank values, but the vendor's page shows that an empty `data` is refused. */
function isSkipped(must: RuleKind, value: unknown): boolean {
  if (must === 'be_there') return false;
  return must === 'be_json_text' ? value === undefined || value === null : isBlank(value);
}

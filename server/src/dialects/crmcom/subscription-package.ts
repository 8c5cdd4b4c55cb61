import { objectFields } from '../field-rules.ts';
import { identify, oneKey, productSort } from './identifiers.ts';
import { nestedId, resolveNested, showItem, showNested } from './nested.ts';
import { type Reading, take } from './reading.ts';
import type { Seen } from './seen.ts';
import { objectNames } from './wire.ts';

const chief = 'subscription_package_identifier';
const otherNames = ['package_identifier', 'product_identifier'];

/** Reads the subscription package: an identifier, or an object with one beside its services and goods. */
export function readPackage(reading: Reading): void {
  const { fieldRules, context, memory } = reading;
  const { at, value } = take(reading, objectNames.package);
  if (value === undefined) return;
  if (value === null) {
    memory.set('subscription_package', null);
    return;
  }
  const bare = oneKey(value);
  const sent = bare ? new Map([[chief, { [bare.key]: bare.value }]]) : objectFields(value);
  if (!sent) {
    fieldRules.fail(at, 'not_object');
    return;
  }
  const name = [chief, ...otherNames].find((one) => sent.has(one) && sent.get(one) !== null);
  const place = bare ? at : `${at}.${name}`;
  const item =
    name && identify(fieldRules, context.referenceData, productSort('subscription_package'), place, sent.get(name));
  const rest = Object.fromEntries([...sent].filter(([one]) => one !== name));
  const resolved =
    objectFields(resolveNested({ fieldRules, referenceData: context.referenceData }, at, rest)) ?? new Map();
  memory.set('subscription_package', Object.fromEntries([...(item ? [[chief, { id: item.id }]] : []), ...resolved]));
}

/** The package with the details the workspace knows, and everything else that was sent. */
export function shownPackage({ memory, referenceData }: Seen): unknown {
  const sent = objectFields(memory.get('subscription_package'));
  if (!sent) return null;
  const id = nestedId(sent, chief);
  const { kinds } = productSort('subscription_package');
  const item = kinds.map((kind) => referenceData.get(kind, id)).find((found) => found !== undefined);
  const rest = showNested(referenceData, Object.fromEntries([...sent].filter(([name]) => !item || name !== chief)));
  return { ...showItem(item), ...(rest as object) };
}

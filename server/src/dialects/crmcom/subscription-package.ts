import { objectFields } from '../field-rules.ts';
import { identify, oneKey, productRule } from './identifiers.ts';
import { type LeadRequest, readField } from './lead-request.ts';
import { nestedId, resolveNested, showItem, showNested } from './nested-values.ts';
import type { ViewContext } from './view-context.ts';
import { objectNames } from './wire.ts';

const main = 'subscription_package_identifier';
const otherNames = ['package_identifier', 'product_identifier'];

/** Reads the subscription package: an identifier, or an object with an identifier, services and goods. */
export function readPackage(request: LeadRequest): void {
  const { fieldRules, context, memory } = request;
  const { at, value } = readField(request, objectNames.package);
  if (value === undefined) return;
  if (value === null) {
    memory.set('subscription_package', null);
    return;
  }
  const bare = oneKey(value);
  const sent = bare ? new Map([[main, { [bare.key]: bare.value }]]) : objectFields(value);
  if (!sent) {
    fieldRules.fail(at, 'not_object');
    return;
  }
  const name = [main, ...otherNames].find((one) => sent.has(one) && sent.get(one) !== null);
  const place = bare ? at : `${at}.${name}`;
  const item =
    name && identify(fieldRules, context.referenceData, productRule('subscription_package'), place, sent.get(name));
  const rest = Object.fromEntries([...sent].filter(([one]) => one !== name));
  const resolved =
    objectFields(resolveNested({ fieldRules, referenceData: context.referenceData }, at, rest)) ?? new Map();
  memory.set('subscription_package', Object.fromEntries([...(item ? [[main, { id: item.id }]] : []), ...resolved]));
}

/** The package with the details the workspace knows, and everything else that was sent. */
export function shownPackage({ memory, referenceData }: ViewContext): unknown {
  const sent = objectFields(memory.get('subscription_package'));
  if (!sent) return null;
  const id = nestedId(sent, main);
  const { kinds } = productRule('subscription_package');
  const item = kinds.map((kind) => referenceData.get(kind, id)).find((found) => found !== undefined);
  const rest = showNested(referenceData, Object.fromEntries([...sent].filter(([name]) => !item || name !== main)));
  return { ...showItem(item), ...(rest as object) };
}

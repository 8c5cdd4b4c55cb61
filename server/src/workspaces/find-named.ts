import type { ReferenceData, ReferenceKind, ReferenceKinds } from './reference-data.ts';

/** Finds an item by id or name; members also by username or email. */
export function findNamed<K extends ReferenceKind>(
  referenceData: ReferenceData,
  kind: K,
  value: string,
): ReferenceKinds[K] | undefined {
  return (
    referenceData.find(kind, { by: 'id', value }) ??
    referenceData.find(kind, { by: 'name', value }) ??
    (kind === 'member'
      ? (referenceData.find(kind, { by: 'username', value }) ?? referenceData.find(kind, { by: 'email', value }))
      : undefined)
  );
}

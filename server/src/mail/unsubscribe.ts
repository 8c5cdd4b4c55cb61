import { createHmac, timingSafeEqual } from 'node:crypto';
import { type MailKindName, optionalKinds } from './mail-kinds.ts';

/** The member and the kind of mail that an unsubscribe link is for. */
export interface Unsubscription {
  workspaceId: string;
  memberId: string;
  kind: MailKindName;
}

const IDS = 32;
const SIGNATURE = 16;

/** The token of an unsubscribe link: ids and kind, signed with the workspace's key. It never expires. */
export function signUnsubscription({ workspaceId, memberId, kind }: Unsubscription, key: Buffer): string {
  const said = Buffer.concat([bytes(workspaceId), bytes(memberId), Buffer.from(kind)]);
  return Buffer.concat([signature(said, key), said]).toString('base64url');
}

/** Parses the token of an unsubscribe link without verifying its signature; undefined if it is malformed. */
export function readUnsubscription(token: string): (Unsubscription & { holds(key: Buffer): boolean }) | undefined {
  const all = Buffer.from(token, 'base64url');
  const said = all.subarray(SIGNATURE);
  const kind = optionalKinds.find((name) => name === said.subarray(IDS).toString());
  if (said.length <= IDS || !kind) return undefined;
  return {
    workspaceId: uuid(said.subarray(0, 16)),
    memberId: uuid(said.subarray(16, IDS)),
    kind,
    holds: (key) => timingSafeEqual(all.subarray(0, SIGNATURE), signature(said, key)),
  };
}

function signature(said: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update(said).digest().subarray(0, SIGNATURE);
}

function bytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

function uuid(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

import type { Intake } from '../../intake/arrival.ts';
import { type Incoming, readRequest, receive, sealEnvelope, wordsFor } from '../../intake/receive.ts';
import { describeFault, problemOfFault } from '../../platform/fault.ts';
import type { Problem } from '../../platform/problem.ts';
import { type SentReply, serialiseReply } from '../../platform/wire.ts';
import { makeReferenceData } from '../../workspaces/reference-data.ts';
import type { MountedRoute } from './mounted-route.ts';

/** What the edge works with. Messages name endpoint, submission and fault; never a URL or a value. */
export interface Edge {
  intake: Intake;
  log: { error(message: string): void };
}

/** Takes one request through its dialect and intake. Never rejects: every failure is answered in the dialect's words. */
export async function takeRequest(route: MountedRoute, incoming: Incoming, edge: Edge): Promise<SentReply> {
  const onFault = (error: unknown) =>
    edge.log.error(`${route.dialect.name} ${route.name}, submission ${incoming.id}: ${describeFault(error)}`);
  try {
    return route.endpoint?.open
      ? await takeSignIn(route, incoming, edge, onFault)
      : await takeKnown(route, incoming, edge, onFault);
  } catch (error) {
    onFault(error);
    return refuseSafely(route, problemOfFault(error));
  }
}

/** Refuses without intake. Should even that fail, the client gets a bare 500. */
export function refuseSafely(route: Pick<MountedRoute, 'refuse'>, problem: Problem): SentReply {
  try {
    return serialiseReply(route.refuse(problem));
  } catch {
    return { status: 500, headers: {}, text: '{}' };
  }
}

type OnFault = (error: unknown) => void;

/** A stranger's request leaves no trace; a known caller's is stored, refused or not. */
async function takeKnown(
  route: MountedRoute,
  incoming: Incoming,
  { intake }: Edge,
  onFault: OnFault,
): Promise<SentReply> {
  const secret = route.dialect.credential(incoming.wire);
  if (!secret) return serialiseReply(route.refuse(route.problem ?? incoming.problem ?? missing));
  const { caller, refused } = await intake.identify(secret, route.dialect.name, incoming.address);
  if (!caller) return serialiseReply(route.refuse(route.problem ?? refused));
  const referenceData = await intake.referenceData(caller.workspace_id);
  return intake.perform(receive(route, incoming, { caller, referenceData, secret, refused }, onFault));
}

const missing: Problem = { kind: 'unauthenticated', reason: 'missing' };

const noReferenceData = makeReferenceData({ id: '', name: '', region: 'GB', time_zone: 'UTC' }, {});
const noBytes = Buffer.alloc(0);

/** Sign-in by password: only the request itself says whose it is, and its body is never stored. */
async function takeSignIn(
  route: MountedRoute,
  incoming: Incoming,
  { intake }: Edge,
  onFault: OnFault,
): Promise<SentReply> {
  const { wire } = incoming;
  const { region } = noReferenceData.workspace;
  const context = { referenceData: noReferenceData, region, now: incoming.received_at };
  const request = route.problem ?? incoming.problem ?? readRequest(route.endpoint, wire, context, onFault);
  return intake.signIn({
    envelope: { ...sealEnvelope({ ...incoming, bytes: noBytes }, [], route.secretNames), body: null },
    dialect: route.dialect.name,
    request,
    words: wordsFor(route, wire, request, context),
  });
}

import type { Topic } from '../src/events/screens.ts';
import { createOneOfEach } from './create-one-of-each.ts';
import { client, type Reply, type World } from './world.ts';

/** One way to change something through `/v1`, and the topics about which open screens are notified. */
export interface Step {
  /** Prepares what the step needs; notifications from it do not count. */
  before?: () => Promise<unknown>;
  run: () => Promise<{ status: number }>;
  tells: readonly Topic[];
}
export type Steps = Readonly<Record<string, Step>>;

export const step = (run: Step['run'], ...tells: Topic[]): Step => ({ run, tells });

/** A workspace with one of everything, changed by its owner. Steps store ids by name for later steps. */
export async function writingScene(world: World) {
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  const ids = await createOneOfEach(world, owner, world);
  const kept = new Map<string, string>();
  return {
    world,
    owner,
    /** The path of a lead that exists to the end. */
    lead: `/leads/${ids['/v1/leads']}`,
    /** The id of the thing that the scene created at this path. */
    furnished: (path: string) => ids[path] ?? '',
    /** An id that an earlier step stored. */
    id: (name: string) => kept.get(name) ?? '',
    keepId: (name: string, id: string) => void kept.set(name, id),
    keep: async (name: string, reply: Promise<Reply>): Promise<Reply> => {
      const answer = await reply;
      kept.set(name, answer.body.id ?? '');
      return answer;
    },
  };
}
export type WritingScene = Awaited<ReturnType<typeof writingScene>>;

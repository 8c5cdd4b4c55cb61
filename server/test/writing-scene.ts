import type { Topic } from '../src/events/screens.ts';
import { furnish } from './furnish.ts';
import { client, type Reply, type World } from './world.ts';

/** One way to change something through `/v1`, and the topics of which open screens are told. */
export interface Step {
  /** What has to be there first; what it tells does not count. */
  before?: () => Promise<unknown>;
  run: () => Promise<{ status: number }>;
  tells: readonly Topic[];
}
export type Steps = Readonly<Record<string, Step>>;

export const step = (run: Step['run'], ...tells: Topic[]): Step => ({ run, tells });

/** A furnished workspace, asked by its owner; steps keep ids for later ones by name. */
export async function writingScene(world: World) {
  const owner = client(world, { cookie: await world.signIn(world.ownerId) });
  const ids = await furnish(world, owner, world);
  const kept = new Map<string, string>();
  return {
    world,
    owner,
    /** The address of a lead that stays to the end. */
    lead: `/leads/${ids['/v1/leads']}`,
    /** The id of what is furnished below an address. */
    furnished: (path: string) => ids[path] ?? '',
    /** An id that was kept. */
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

import type {
  CallEnding,
  ListItem,
  ReferenceData,
  ReferenceKind,
  ReferenceKinds,
  Status,
} from '../workspaces/reference-data.ts';

/** A source of leads, with how good they are and through which API they come. */
export interface DemoSource {
  id: string;
  name: string;
  dialect: DemoDialect;
  tokenId: string;
  tokenName: string;
  weight: number;
  /** How much likelier than others they buy. */
  quality: number;
  campaigns: readonly string[];
}
export type DemoDialect = 'getlead' | 'overplane' | 'ispcrm' | 'crmcom' | 'dialler' | 'native';

export interface DemoAgent {
  id: string;
  name: string;
  departmentId: string;
  /** How much longer than others leads wait for them. */
  slowness: number;
}

/** Everything in the workspace that the histories play with. */
export interface Stage {
  referenceData: ReferenceData;
  sources: readonly DemoSource[];
  agents: readonly DemoAgent[];
  fresh: Status;
  /** Statuses of leads that are worked, in their order. */
  open: readonly Status[];
  won: Status | undefined;
  lost: Status | undefined;
  lostReasons: readonly ListItem[];
  types: readonly { id: string; name: string }[];
  stages: Readonly<Record<'open' | 'won' | 'lost', readonly ListItem[]>>;
  endings: Readonly<Partial<Record<CallEnding['meaning'], CallEnding>>> & { notInterested: CallEnding | undefined };
}

/** Finds the workspace's own statuses, reasons and outcomes. */
export function setStage(referenceData: ReferenceData, { sources, agents }: Pick<Stage, 'sources' | 'agents'>): Stage {
  const all = <K extends ReferenceKind>(kind: K, is: (item: ReferenceKinds[K]) => boolean) =>
    referenceData.all(kind).filter(is);
  const fresh =
    referenceData.all('status').find((status) => status.is_default) ??
    referenceData.all('status').find(({ state }) => state === 'new');
  if (!fresh) throw new Error('The workspace has no status for new leads.');
  const stagesIn = (state: 'open' | 'won' | 'lost') => all('deal_stage', (stage) => (stage.state ?? 'open') === state);
  const ending = (meaning: CallEnding['meaning'], reached: boolean) =>
    all('call_outcome', (one) => one.meaning === meaning && one.reached === reached);
  const [interested, notInterested] = ending('done', true);
  const endings: Record<string, CallEnding | undefined> = {
    done: interested,
    retry: ending('retry', false)[0],
    callback: ending('callback', true)[0],
    do_not_call: ending('do_not_call', true)[0],
    notInterested,
  };
  return {
    referenceData,
    sources,
    agents,
    fresh,
    open: all('status', ({ state }) => state === 'open'),
    won: all('status', ({ state }) => state === 'won')[0],
    lost: all('status', ({ state }) => state === 'lost')[0],
    lostReasons: referenceData.all('lost_reason'),
    types: referenceData.all('type').slice(0, 2),
    stages: { open: stagesIn('open'), won: stagesIn('won'), lost: stagesIn('lost') },
    endings: endings as Stage['endings'],
  };
}

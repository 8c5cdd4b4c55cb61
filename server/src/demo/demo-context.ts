import type {
  CallEnding,
  ListItem,
  ReferenceData,
  ReferenceKind,
  ReferenceKinds,
  Status,
} from '../workspaces/reference-data.ts';

/** A source of leads, with their quality and the API they use. */
export interface DemoSource {
  id: string;
  name: string;
  dialect: DemoDialect;
  tokenId: string;
  tokenName: string;
  weight: number;
  /** How much more likely the source's leads are to buy, as a factor. */
  quality: number;
  campaigns: readonly string[];
}
export type DemoDialect = 'getlead' | 'overplane' | 'ispcrm' | 'crmcom' | 'dialler' | 'native';

export interface DemoAgent {
  id: string;
  name: string;
  departmentId: string;
  /** How much longer the agent's leads wait, as a factor. */
  slowness: number;
}

/** The workspace's records that the histories refer to. */
export interface DemoContext {
  referenceData: ReferenceData;
  sources: readonly DemoSource[];
  agents: readonly DemoAgent[];
  fresh: Status;
  /** Statuses of leads being worked on, in order. */
  open: readonly Status[];
  won: Status | undefined;
  lost: Status | undefined;
  lostReasons: readonly ListItem[];
  types: readonly { id: string; name: string }[];
  stages: Readonly<Record<'open' | 'won' | 'lost', readonly ListItem[]>>;
  endings: Readonly<Partial<Record<CallEnding['meaning'], CallEnding>>> & { notInterested: CallEnding | undefined };
}

/** Collects the workspace's own statuses, reasons and outcomes. */
export function demoContextOf(
  referenceData: ReferenceData,
  { sources, agents }: Pick<DemoContext, 'sources' | 'agents'>,
): DemoContext {
  const all = <K extends ReferenceKind>(kind: K, is: (item: ReferenceKinds[K]) => boolean) =>
    referenceData.all(kind).filter(is);
  const fresh =
    referenceData.all('status').find((status) => status.is_default) ??
    referenceData.all('status').find(({ state }) => state === 'new');
  if (!fresh) throw new Error('The workspace has no status for new leads.');
  const stagesIn = (state: 'open' | 'won' | 'lost') =>
    all('deal_stage', (context) => (context.state ?? 'open') === state);
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
    endings: endings as DemoContext['endings'],
  };
}

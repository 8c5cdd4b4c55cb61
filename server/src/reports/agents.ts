import Type from 'typebox';
import type { Member } from '../workspaces/reference-data.ts';
import { countMemberActivity, type MemberActivity } from './agents-store.ts';
import { type Report, type ReportInput, tableOf } from './report.ts';
import { shareOf } from './share.ts';

const figures = {
  leads: Type.Integer({ description: 'Leads that arrived in this period and belong to the member.' }),
  won: Type.Integer({ description: 'Of those, how many are won now.' }),
  calls: Type.Integer({
    description: 'Calls that ended in this period, including those logged by hand. Every attempt counts.',
  }),
  contacts: Type.Integer({ description: 'Calls in which someone was reached.' }),
  contact_rate: Type.Number({ description: 'Contacts divided by calls, 0 to 1.' }),
  talk_seconds: Type.Integer(),
  callbacks: Type.Integer({ description: 'Agreed callbacks made in this period.' }),
  callbacks_on_time: Type.Integer({
    description: 'Callbacks that began no later than 15 minutes after the agreed time.',
  }),
};
const row = Type.Object({
  member_id: Type.String(),
  member: Type.String(),
  ...figures,
  list: Type.String({ description: "Query string that lists the member's leads." }),
});
const totals = Type.Object(figures);

/** Calls and leads by member. */
export const agents: Report<typeof row, typeof totals> = {
  name: 'agents',
  shape: 'AgentsReport',
  summary: 'Get calls and leads by member',
  definition:
    'Calls, including those logged by hand, by the day they ended and by agent; leads and won leads by the day they arrived and by current owner.',
  row,
  totals,
  async make(input) {
    const { tx, referenceData, cohort, list } = input;
    const members = referenceData.all('member');
    const done = await countMemberActivity(
      tx,
      cohort,
      members.map(({ id }) => id),
    );
    const byMember = new Map(done.map((one) => [one.member_id, one]));
    const rows = members
      .filter((member) => byMember.has(member.id) || isExpected(member, input))
      .map((member) => ({
        member_id: member.id,
        member: member.name,
        ...figuresOf(byMember.get(member.id)),
        list: list({ owner: member.id }),
      }))
      .sort((a, b) => b.calls - a.calls || b.leads - a.leads || a.member.localeCompare(b.member));
    return { rows, totals: figuresOf(sumOf(done)) };
  },
  table: ({ rows }) =>
    tableOf(rows, {
      Member: 'member',
      Leads: 'leads',
      Won: 'won',
      Calls: 'calls',
      Contacts: 'contacts',
      'Contact rate': 'contact_rate',
      'Talk seconds': 'talk_seconds',
      Callbacks: 'callbacks',
      'Callbacks on time': 'callbacks_on_time',
    }),
};

/** Whether a member without activity is listed: active agents who match the filter and whose leads the caller sees. */
function isExpected({ id, role, active }: Member, { cohort }: ReportInput): boolean {
  const isAsked = cohort.owners === null || cohort.owners.includes(id);
  return active && role === 'agent' && isAsked && (!cohort.visibility || cohort.visibility.owners.includes(id));
}

type Counts = Omit<MemberActivity, 'member_id'>;
const nothing: Counts = {
  leads: 0,
  won: 0,
  calls: 0,
  contacts: 0,
  talk_seconds: 0,
  callbacks: 0,
  callbacks_on_time: 0,
};

function figuresOf(activity: Counts | undefined) {
  const { leads, won, calls, contacts, talk_seconds, callbacks, callbacks_on_time } = activity ?? nothing;
  return {
    leads,
    won,
    calls,
    contacts,
    contact_rate: shareOf(contacts, calls),
    talk_seconds,
    callbacks,
    callbacks_on_time,
  };
}

function sumOf(all: readonly MemberActivity[]): Counts {
  const names = Object.keys(nothing) as (keyof Counts)[];
  return Object.fromEntries(
    names.map((name) => [name, all.reduce((sum, one) => sum + one[name], 0)]),
  ) as unknown as Counts;
}

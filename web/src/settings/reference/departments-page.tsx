import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { useMembers } from '../../app/members.ts';
import { Card } from '../../ui/card.tsx';
import { codeField, descriptionField, nameField } from '../form/usual-fields.ts';
import { Facts } from '../layout/facts.tsx';
import { useItems } from './get-reference-items.ts';
import { kinds } from './kinds.ts';
import { ReferencePage } from './reference-page.tsx';

/** The settings page for departments, whose members take turns in getting new leads. */
export function DepartmentsPage(): ReactNode {
  const members = useMembers();
  const active = members.filter((member) => member.active);
  const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? 'somebody';
  return (
    <ReferencePage
      kind={kinds.departments}
      intro="New leads in a department are assigned to its members in turn, in this order. Without members, they stay unassigned."
      blank={{ member_ids: [] }}
      facts={({ member_ids }) => {
        const ids = member_ids as string[];
        return <span>{ids.length === 0 ? 'no members' : ids.map(nameOf).join(', ')}</span>;
      }}
      fields={[
        nameField,
        codeField,
        {
          key: 'member_ids',
          label: 'Members, in order',
          kind: 'ordered',
          options: active.map(({ id, name }) => ({ value: id, label: name })),
          wide: true,
        },
        descriptionField,
      ]}
    >
      <NextInTurn nameOf={nameOf} />
    </ReferencePage>
  );
}

/** The member of each department who gets the next new lead. */
function NextInTurn({ nameOf }: { nameOf: (id: string) => string }) {
  const departments = useItems(kinds.departments);
  const next = useQuery({
    queryKey: ['settings', '/v1/departments', 'next'],
    queryFn: async () => (await body(api.GET('/v1/departments/next'))).data,
    refetchInterval: 15_000,
  });
  if (!departments.data?.length || !next.data) return null;
  const whose = new Map(next.data.map(({ id, member_id }) => [id, member_id]));
  return (
    <Card title="Who gets the next lead?">
      <Facts
        facts={departments.data.map(({ id, name }) => {
          const member = whose.get(id);
          return [name, member ? nameOf(member) : 'No one (stays unassigned)'];
        })}
      />
    </Card>
  );
}

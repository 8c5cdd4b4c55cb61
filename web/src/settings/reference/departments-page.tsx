import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { NextInTurn } from './next-in-turn.tsx';
import { ShelfPage } from './reference-page.tsx';

/** Departments: members who take turns with the leads that arrive. */
export function DepartmentsPage(): ReactNode {
  const members = useQuery({
    queryKey: ['people', 'members'],
    queryFn: async () => (await body(api.GET('/v1/members'))).data,
  });
  const active = members.data?.filter(({ active }) => active) ?? [];
  const nameOf = (id: string) => members.data?.find((member) => member.id === id)?.name ?? 'somebody';
  return (
    <ShelfPage
      title="Departments"
      intro="A lead of a department goes to its members in turn, in the order given here. Without members it stays unassigned."
      shelf={{ path: '/v1/departments', word: 'department' }}
      countsUses
      blank={{ member_ids: [] }}
      facts={({ member_ids }) => {
        const ids = member_ids as string[];
        return <span>{ids.length === 0 ? 'nobody' : ids.map(nameOf).join(', ')}</span>;
      }}
      fields={[
        { key: 'name', label: 'Name', kind: 'text' },
        { key: 'alternative_code', label: 'Short code', kind: 'text', about: 'Some vendors name it so.' },
        {
          key: 'member_ids',
          label: 'Members, in the order of their turns',
          kind: 'ordered',
          options: active.map(({ id, name }) => ({ value: id, label: name })),
          wide: true,
        },
        { key: 'description', label: 'What it is for', kind: 'text', wide: true },
      ]}
    >
      <NextInTurn nameOf={nameOf} />
    </ShelfPage>
  );
}

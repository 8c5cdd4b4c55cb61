import { useQuery } from '@tanstack/react-query';
import { api, body } from '../../api/client.ts';
import { Card } from '../layout/card.tsx';
import { Facts } from '../layout/facts.tsx';
import { useItems } from './get-reference-items.ts';

/** Who gets the next lead of each department. */
export function NextInTurn({ nameOf }: { nameOf: (id: string) => string }) {
  const departments = useItems({ path: '/v1/departments', word: 'department' });
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
          return [name, member ? nameOf(member) : 'Nobody: it stays unassigned'];
        })}
      />
    </Card>
  );
}

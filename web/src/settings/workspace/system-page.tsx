import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, body } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { Pill } from '../../ui/pill.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Column } from '../layout/column.tsx';
import { Facts } from '../layout/facts.tsx';
import settingsClasses from '../layout/settings.module.css';
import { Table } from '../layout/table.tsx';

/** The state of the server and its configuration. */
export function SystemPage(): ReactNode {
  const system = useQuery({
    queryKey: ['settings', 'system'],
    queryFn: () => body(api.GET('/v1/system')),
    refetchInterval: 30_000,
  });
  return (
    <Column title="System">
      <DataState query={system} what="Could not load the server status.">
        {({ version, node, started_at, database, jobs, settings }) => (
          <div className={settingsClasses.stack}>
            <Card title="Server">
              <Facts
                facts={[
                  ['Leadwell', version],
                  ['Node.js', node],
                  ['Started', <RelativeTime key="since" at={started_at} />],
                  ['Database', `PostgreSQL ${database.version}, ${database.embedded ? 'embedded' : 'external'}`],
                  ['Size', size(database.bytes)],
                  ['Migrations', `${database.migrations}, all applied`],
                  ['Jobs', `${jobs.waiting} waiting, ${jobs.running} running, ${jobs.failed} failed this week`],
                ]}
              />
            </Card>
            <Card title="Environment" flush>
              <Table label="Environment table" head={['Name', 'Value', 'Description']}>
                {settings.map(({ name, value, about, from_environment }) => (
                  <tr key={name}>
                    <td className="mono">{name}</td>
                    <td>
                      <span className="mono">{value === null ? 'set' : value || 'not set'}</span>{' '}
                      {from_environment && <Pill tone="neutral">from the environment</Pill>}
                    </td>
                    <td>{about}</td>
                  </tr>
                ))}
              </Table>
            </Card>
          </div>
        )}
      </DataState>
    </Column>
  );
}

function size(bytes: number): string {
  const megabytes = bytes / 1_048_576;
  return megabytes < 1024 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}

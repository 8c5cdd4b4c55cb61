import { useQuery } from '@tanstack/react-query';
import { api, body, type Shape } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import classes from './jobs.module.css';
import { kindText, ruleText } from './words.ts';

/** The scheduled jobs, and when each starts next. */
export function Schedules() {
  const schedules = useQuery({
    queryKey: ['jobs', 'schedules'],
    queryFn: async () => (await body(api.GET('/v1/job-schedules'))).data,
  });
  return (
    <Card title="Schedules" flush>
      <DataState query={schedules} what="Could not load the schedules.">
        {(data) => (
          <ul className="plain-list" aria-label="Schedules">
            {data.map((schedule) => (
              <Line key={schedule.kind} schedule={schedule} />
            ))}
          </ul>
        )}
      </DataState>
    </Card>
  );
}

function Line({ schedule }: { schedule: Shape<'JobScheduleView'> }) {
  const { kind, next_at, last_at } = schedule;
  return (
    <li className={classes.job}>
      <strong>{kindText(kind)}</strong>
      <div className={classes.facts}>
        <span>{ruleText(schedule)}</span>
        <span>
          {next_at ? (
            <>
              next <RelativeTime at={next_at} />
            </>
          ) : (
            'not scheduled yet'
          )}
        </span>
        <span>
          {last_at ? (
            <>
              last run <RelativeTime at={last_at} />
            </>
          ) : (
            'never run'
          )}
        </span>
      </div>
    </li>
  );
}

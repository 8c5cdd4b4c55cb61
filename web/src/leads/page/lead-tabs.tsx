import { Tabs } from '@mantine/core';
import { RawRequests } from '../lead/related/raw-request.tsx';
import { Lines, Timeline } from '../lead/timeline/timeline.tsx';

/** What happened, and by which requests. */
export function Story({ leadId }: { leadId: string }) {
  return (
    <Tabs defaultValue="timeline">
      <Tabs.List>
        <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
        <Tabs.Tab value="raw">Raw request</Tabs.Tab>
        <Tabs.Tab value="changes">Changes</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="timeline">
        <Timeline leadId={leadId} />
      </Tabs.Panel>
      <Tabs.Panel value="raw">
        <RawRequests leadId={leadId} />
      </Tabs.Panel>
      <Tabs.Panel value="changes">
        <Lines leadId={leadId} kind="changes" />
      </Tabs.Panel>
    </Tabs>
  );
}

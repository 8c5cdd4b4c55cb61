import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { DataState } from '../../ui/feedback/data-state.tsx';
import { EmptyState } from '../../ui/feedback/empty-state.tsx';
import { Count } from '../../ui/page.tsx';
import { Column } from '../layout/column.tsx';
import { sortedMembersQuery } from './get-members.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberPanel } from './member-panel.tsx';
import { MemberTable } from './member-table.tsx';

/** The settings page for members. */
export function MembersPage(): ReactNode {
  const members = useQuery(sortedMembersQuery);
  const departments = useQuery({
    queryKey: ['settings', 'departments'],
    queryFn: async () => (await body(api.GET('/v1/departments'))).data,
    select: (all) => all.map(({ id, name }) => ({ value: id, label: name })),
  });
  const [inviting, setInviting] = useState(false);
  const [openId, setOpenId] = useState<string>();
  const choices = departments.data ?? [];
  const open = members.data?.find(({ id }) => id === openId);
  return (
    <Column
      title="Members"
      intro="Everyone in this workspace. Invite people with a link; they choose their own password."
      beside={members.data && <Count of={members.data.filter(({ active }) => active).length} />}
      actions={
        <Button variant="filled" leftSection={<IconUserPlus size={15} />} onClick={() => setInviting(true)}>
          Invite
        </Button>
      }
    >
      <DataState query={members} what="Could not load the members." empty={<EmptyState title="No members yet" />}>
        {(data) => <MemberTable members={data} departments={choices} openId={openId} onOpen={setOpenId} />}
      </DataState>
      {open && <MemberPanel key={open.id} member={open} departments={choices} onClose={() => setOpenId(undefined)} />}
      {inviting && <InviteDialog departments={choices} onClose={() => setInviting(false)} />}
    </Column>
  );
}

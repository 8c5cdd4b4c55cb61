import { ActionIcon, Menu } from '@mantine/core';
import {
  IconBraces,
  IconCopy,
  IconDots,
  IconExternalLink,
  IconPrinter,
  IconRotate,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, body } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { useMay } from '../../../app/session.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { ConfirmDanger } from '../../../ui/feedback/confirm-danger.tsx';
import { toast } from '../../../ui/feedback/toast.tsx';
import { type Lead, refreshLead, storeLead } from '../../api/get-lead.ts';
import { nameOf } from '../../lead-name.ts';
import classes from './lead-menu.module.css';

interface Props {
  lead: Lead;
  isPage: boolean;
  onGone: () => void;
}

/** The less common actions on a lead: reopen, copy, delete. */
export function LeadMenu({ lead, isPage, onGone }: Props) {
  const [shown, setShown] = useState<'json' | 'delete'>();
  const navigate = useNavigate();
  const client = useQueryClient();
  const mayWork = useMay('work leads');
  const mayDelete = useMay('delete leads');
  const isClosed = lead.lifecycle_state !== 'new' && lead.lifecycle_state !== 'open';
  const params = { path: { id: lead.id } };
  const reopening = useMutation({
    mutationFn: () => body(api.POST('/v1/leads/{id}/reopen', { params })),
    onSuccess: (opened) => {
      storeLead(client, opened);
      toast.done(`Reopened: ${opened.status}`);
    },
    onError: (error) => toast.error(asProblem(error), 'Could not reopen the lead.'),
  });
  const restoring = useMutation({
    mutationFn: () => body(api.POST('/v1/bin/{id}/restore', { params })),
    onSuccess: () => {
      toast.done(`Restored: ${nameOf(lead)}`);
      refreshLead(client);
    },
    onError: (error) => toast.error(asProblem(error), 'Could not restore the lead.'),
  });
  const deleting = useMutation({
    mutationFn: () => api.DELETE('/v1/leads/{id}', { params }),
    onSuccess: () => {
      toast.undo(`Deleted: ${nameOf(lead)}`, () => restoring.mutate());
      onGone();
      refreshLead(client);
    },
    onError: (error) => toast.error(asProblem(error), 'Could not delete the lead.'),
  });
  const json = JSON.stringify(lead, null, 2);
  return (
    <>
      <Menu position="bottom-end" returnFocus>
        <Menu.Target>
          <ActionIcon aria-label="More" title="More">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!isPage && (
            <Menu.Item
              leftSection={<IconExternalLink size={16} />}
              onClick={() => void navigate({ to: '/leads/$id', params: { id: lead.id } })}
            >
              Open the full page
            </Menu.Item>
          )}
          {isPage && (
            <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
              Print
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void navigator.clipboard.writeText(lead.id)}>
            Copy the ID
          </Menu.Item>
          <Menu.Item leftSection={<IconBraces size={16} />} onClick={() => setShown('json')}>
            Raw JSON
          </Menu.Item>
          {isClosed && mayWork && (
            <Menu.Item leftSection={<IconRotate size={16} />} onClick={() => reopening.mutate()}>
              Reopen
            </Menu.Item>
          )}
          {mayDelete && (
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setShown('delete')}>
              Delete…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {shown === 'json' && (
        <Dialog onClose={() => setShown(undefined)} title="Lead as JSON" size="lg">
          <CopyButton value={json} label="Copy JSON" />
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className={classes.json} tabIndex={0}>
            {json}
          </pre>
        </Dialog>
      )}
      <ConfirmDanger
        opened={shown === 'delete'}
        title={`Delete ${nameOf(lead)}?`}
        action="Delete lead"
        busy={deleting.isPending}
        onConfirm={() => deleting.mutate()}
        onClose={() => setShown(undefined)}
      >
        Its notes, tasks, deals, calls and timeline are deleted with it. You can restore it from the bin (Settings, Bin)
        for 30 days. To erase a person everywhere, use Settings, Privacy.
      </ConfirmDanger>
    </>
  );
}

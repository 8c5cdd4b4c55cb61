import { Button, Popover } from '@mantine/core';
import { IconTag } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../../app/session.ts';
import { useShortcuts } from '../../../app/shortcuts.ts';
import type { Lead } from '../../api/get-lead.ts';
import { TagChoices } from './tag-choices.tsx';
import { TagPills } from './tag-pills.tsx';
import classes from './tags.module.css';
import { useTagChange } from './use-tag-change.ts';

/** The tags of a lead, with a menu to add and remove them. */
export function LeadTags({ lead }: { lead: Lead }) {
  const [opened, setOpened] = useState(false);
  const mayWork = useMay('work leads');
  const change = useTagChange();
  // The menu opens after the key event; otherwise the key would be typed into its search field.
  useShortcuts({ l: { label: 'Add or remove tags', run: () => void setTimeout(() => setOpened(true)) } }, mayWork);
  if (!mayWork && lead.tags.length === 0) return null;
  return (
    <div className={classes.row}>
      <TagPills tags={lead.tags} tag_ids={lead.tag_ids} />
      {mayWork && (
        <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus returnFocus>
          <Popover.Target>
            <Button
              variant="subtle"
              className={classes.add}
              data-screen-only
              leftSection={<IconTag size={14} aria-hidden />}
              title="Add or remove tags (L)"
              onClick={() => setOpened(!opened)}
            >
              {lead.tags.length > 0 ? 'Edit tags' : 'Add tags'}
            </Button>
          </Popover.Target>
          <Popover.Dropdown aria-label="Tags" className={classes.dropdown}>
            <TagChoices chosen={lead.tag_ids} onToggle={(tag, on) => void change(lead, tag, on)} />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}

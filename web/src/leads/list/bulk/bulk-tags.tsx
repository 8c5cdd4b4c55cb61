import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import type { Shape } from '../../../api/client.ts';
import { Segments } from '../../../ui/segments.tsx';
import { TagChoices } from '../../lead/tags/tag-choices.tsx';
import classes from '../../lead/tags/tags.module.css';

type Change = NonNullable<Shape<'LeadBulk'>['change']>;

interface Props {
  opened: boolean;
  onChange: (opened: boolean) => void;
  /** `done` says what was done, to follow the number of leads in a message. */
  onChoose: (change: Change, done: string) => void;
}

const modes = [
  { value: 'add', label: 'Add' },
  { value: 'remove', label: 'Remove' },
] as const;

/** Adds a tag to the selected leads, or removes one. */
export function BulkTags({ opened, onChange, onChoose }: Props) {
  const [mode, setMode] = useState<'add' | 'remove'>('add');
  return (
    <Popover opened={opened} onChange={onChange} position="top" trapFocus returnFocus>
      <Popover.Target>
        <Button onClick={() => onChange(!opened)}>Tags</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Tags" className={classes.dropdown}>
        <div className={classes.modes}>
          <Segments label="Add or remove" segments={modes} value={mode} onChange={setMode} />
        </div>
        <TagChoices
          chosen={[]}
          mayCreate={mode === 'add'}
          onToggle={({ id, name }) =>
            mode === 'add'
              ? onChoose({ add_tags: [id] }, `tagged “${name}”`)
              : onChoose({ remove_tags: [id] }, `no longer tagged “${name}”`)
          }
        />
      </Popover.Dropdown>
    </Popover>
  );
}

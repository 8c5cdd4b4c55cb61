import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useShortcuts } from '../../app/shortcuts.ts';
import { Kbd } from '../../ui/kbd.tsx';
import classes from './ending.module.css';
import type { Ending } from './use-ending.ts';

/** Saves the outcome, then takes the next call or pauses. */
export function SaveButton({ ending, disabled }: { ending: Ending; disabled: boolean }) {
  const { missing, save } = ending;
  const isOff = disabled || missing !== undefined;
  useShortcuts({ 'mod+Enter': { label: 'Save and next', run: () => save() } }, !isOff);
  return (
    <div className={classes.split}>
      <Button
        variant="filled"
        className={classes.save}
        disabled={isOff}
        title={missing}
        onClick={() => save()}
        rightSection={<Kbd keys="mod+Enter" />}
      >
        Save and next
      </Button>
      <Menu position="top-end">
        <Menu.Target>
          <Button variant="filled" className={classes.more} disabled={isOff} aria-label="More ways to save">
            <IconChevronDown size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => save(true)}>Save and pause</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

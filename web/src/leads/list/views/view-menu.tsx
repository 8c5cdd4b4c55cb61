import { Menu } from '@mantine/core';
import { IconPencil, IconPin, IconPinnedOff, IconTrash } from '@tabler/icons-react';
import type { SavedView } from '../../api/get-views.ts';
import classes from '../../lead/status/choice-menus.module.css';
import type { OpenMenu } from './place-menu.ts';
import type { Dialog } from './view-dialogs.tsx';

interface Props {
  asked: OpenMenu;
  onPin: (view: SavedView) => void;
  onDialog: (dialog: Dialog) => void;
  onClose: () => void;
}

/** The menu of a view: everyone can pin it; those who may change it can also rename, share and delete it. */
export function ViewMenu({ asked: { view, place, back }, onPin, onDialog, onClose }: Props) {
  const close = () => {
    onClose();
    if (back.isConnected) back.focus({ preventScroll: true });
  };
  const label = `Actions for ${view.name}`;
  return (
    <Menu opened onClose={close} position="bottom-start" returnFocus={false} trapFocus>
      <Menu.Target>
        <button type="button" tabIndex={-1} className={classes.anchor} style={place} aria-label={label} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Item
          leftSection={view.pinned ? <IconPinnedOff size={14} aria-hidden /> : <IconPin size={14} aria-hidden />}
          onClick={() => onPin(view)}
        >
          {view.pinned ? 'Unpin' : 'Pin to the front'}
        </Menu.Item>
        {view.may_change && (
          <>
            <Menu.Item
              leftSection={<IconPencil size={14} aria-hidden />}
              onClick={() => onDialog({ kind: 'edit', view })}
            >
              Rename or share…
            </Menu.Item>
            <Menu.Item
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={() => onDialog({ kind: 'remove', view })}
            >
              Delete…
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

import { Menu, type MenuProps } from '@mantine/core';
import { ButtonOutside, type Opened } from './opener.tsx';

interface Props extends Opened, Pick<MenuProps, 'position' | 'width' | 'returnFocus' | 'children'> {
  className?: string | undefined;
}

/** The open menu of a button elsewhere on the page. */
export function MenuOutside({ button, className, children, ...menu }: Props) {
  return (
    <Menu opened {...menu}>
      <Menu.Target>
        <ButtonOutside button={button} />
      </Menu.Target>
      <Menu.Dropdown className={className}>{children}</Menu.Dropdown>
    </Menu>
  );
}

import { VisuallyHidden } from '@mantine/core';
import { Initials } from '../../ui/initials.tsx';
import { useOpener } from '../../ui/opener.tsx';
import { lazyPart } from '../lazy-part.tsx';
import { useMe } from '../session.ts';
import classes from './avatar-menu.module.css';

const AvatarChoices = lazyPart(async () => (await import('./avatar-choices.tsx')).AvatarChoices, {
  floats: true,
  soon: true,
});

interface Props {
  icons: boolean;
  onShortcuts: () => void;
}

/** The signed-in person, with a menu. */
export function AvatarMenu({ icons, onShortcuts }: Props) {
  const { user, member, workspace } = useMe();
  const { opened, props } = useOpener('menu');
  return (
    <>
      <button type="button" className={classes.button} {...props}>
        <Initials name={user.name} size={26} />
        {icons ? (
          <VisuallyHidden>{user.name}</VisuallyHidden>
        ) : (
          <span className={classes.words}>
            <span className={classes.name}>{user.name}</span>
            <span className="clip small-print">
              {capital(member.role)} · {workspace.name}
            </span>
          </span>
        )}
        <VisuallyHidden>: account and workspaces</VisuallyHidden>
      </button>
      {opened && <AvatarChoices {...opened} onShortcuts={onShortcuts} />}
    </>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

import { Switch } from '@mantine/core';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useAllShortcuts, useKeysOn } from '../shortcuts.ts';
import classes from './shortcut-sheet.module.css';

/** Lists every shortcut of the current page, with a switch that turns single-key shortcuts off. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const shortcuts = useAllShortcuts();
  const [on, setOn] = useKeysOn();
  const isGoing = (key: string) => key.startsWith('g ');
  return (
    <Dialog onClose={onClose} title="Keyboard shortcuts" size={560} keepsNothing>
      <div className={classes.columns}>
        <List title="On this page" shortcuts={shortcuts.filter(([key]) => !isGoing(key))} />
        <List title="Go to" shortcuts={shortcuts.filter(([key]) => isGoing(key))} />
      </div>
      <Switch
        mt="md"
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
        label="Single-key shortcuts"
        description="When off, only shortcuts with Ctrl or Command work."
      />
    </Dialog>
  );
}

function List({ title, shortcuts }: { title: string; shortcuts: ReturnType<typeof useAllShortcuts> }) {
  return (
    <section>
      <h3 className={classes.title}>{title}</h3>
      <dl className={classes.list}>
        {shortcuts.map(([key, { label }]) => (
          <div key={key}>
            <dt>{label}</dt>
            <dd>
              <Kbd keys={key} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import { Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, body } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { toast } from '../../../ui/feedback/toast.tsx';
import { Pill, toneOf } from '../../../ui/pill.tsx';
import { type Tag, useTags } from '../../api/get-reference-data.ts';
import { MenuSearch } from '../../list/editing/choice-menus.tsx';
import classes from '../status/choice-menus.module.css';

interface Props {
  /** Ids of the tags that are ticked. */
  chosen: readonly string[];
  onToggle: (tag: Tag, on: boolean) => void;
  /** A name that is no tag yet can become one. */
  mayCreate?: boolean;
}

/** The workspace's tags in a menu, each with a tick; a name that is not there yet becomes a tag. */
export function TagChoices({ chosen, onToggle, mayCreate = true }: Props) {
  const client = useQueryClient();
  const tags = useTags();
  const [sought, setSought] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(chosen));
  const name = sought.trim();
  const found = tags.filter((tag) => tag.name.toLowerCase().includes(name.toLowerCase()));
  const isNew = mayCreate && name !== '' && !tags.some((tag) => tag.name.toLowerCase() === name.toLowerCase());
  const toggle = (tag: Tag) => {
    const on = !ticked.has(tag.id);
    setTicked((before) => {
      const after = new Set(before);
      if (on) after.add(tag.id);
      else after.delete(tag.id);
      return after;
    });
    onToggle(tag, on);
  };
  const create = async () => {
    try {
      const tag = (await body(api.POST('/v1/tags', { body: { name } }))) as Tag;
      await client.invalidateQueries({ queryKey: ['settings', 'tags'] });
      setSought('');
      toggle(tag);
    } catch (error) {
      toast.error(asProblem(error), 'Could not create the tag.');
    }
  };
  return (
    <>
      <MenuSearch label={mayCreate ? 'Search or create a tag' : 'Search tags'} value={sought} onChange={setSought} />
      <div className={classes.scroll}>
        {found.map((tag) => (
          <Menu.CheckboxItem
            key={tag.id}
            checked={ticked.has(tag.id)}
            closeMenuOnClick={false}
            onChange={() => toggle(tag)}
          >
            <Pill tone={toneOf(tag.colour)} dot={false}>
              {tag.name}
            </Pill>
          </Menu.CheckboxItem>
        ))}
        {isNew && (
          <Menu.Item
            leftSection={<IconPlus size={14} aria-hidden />}
            closeMenuOnClick={false}
            onClick={() => void create()}
          >
            {`Create “${name}”`}
          </Menu.Item>
        )}
        {found.length === 0 && !isNew && <Menu.Label>{tags.length === 0 ? 'No tags yet' : 'Nothing found'}</Menu.Label>}
      </div>
    </>
  );
}

import { TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { api, body } from '../../../api/client.ts';
import { asProblem } from '../../../api/problem.ts';
import { Choice, ChoiceButton, Choices } from '../../../ui/choices.tsx';
import { toast } from '../../../ui/feedback/toast.tsx';
import { Pill, toneOf } from '../../../ui/pill.tsx';
import { type Tag, useTags } from '../../api/get-reference-data.ts';
import classes from './tags.module.css';

interface Props {
  /** Ids of the tags that are ticked. */
  chosen: readonly string[];
  onToggle: (tag: Tag, on: boolean) => void;
  /** Whether a new tag can be created from the typed name. */
  mayCreate?: boolean;
}

/**
 * The workspace's tags to tick, with a search field in which Enter toggles the first match. A name that does not exist
 * yet can become a new tag.
 */
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
    setTicked((before) => new Set(on ? [...before, tag.id] : [...before].filter((id) => id !== tag.id)));
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
  const takeFirst = () => {
    const [first] = found;
    if (first && name !== '') toggle(first);
    else if (isNew) void create();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move between the fields within
    <div className={classes.choices} onKeyDown={moveByArrows}>
      <TextInput
        aria-label={mayCreate ? 'Search or create a tag' : 'Search tags'}
        placeholder={mayCreate ? 'Search or create a tag' : 'Search tags'}
        value={sought}
        maxLength={100}
        onChange={({ currentTarget }) => setSought(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          takeFirst();
        }}
        data-autofocus
      />
      <Choices label="Tags">
        {found.map((tag) => (
          <Choice key={tag.id} checked={ticked.has(tag.id)} onToggle={() => toggle(tag)}>
            <Pill tone={toneOf(tag.colour)} dot={false}>
              {tag.name}
            </Pill>
          </Choice>
        ))}
        {found.length === 0 && !isNew && <p className="muted">{tags.length === 0 ? 'No tags yet' : 'Nothing found'}</p>}
      </Choices>
      {isNew && (
        <ChoiceButton onClick={() => void create()}>
          <IconPlus size={14} aria-hidden />
          <span className="clip">{`Create “${name}”`}</span>
        </ChoiceButton>
      )}
    </div>
  );
}

/** Up and down move between the search field and the tags; Enter ticks a tag, as Space does. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget } = event;
  if (key === 'Enter' && target instanceof HTMLInputElement && target.type === 'checkbox') {
    event.preventDefault();
    target.click();
  }
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
  event.preventDefault();
  const stops = [...currentTarget.querySelectorAll<HTMLElement>('input, button')];
  const at = stops.indexOf(target as HTMLElement) + (key === 'ArrowDown' ? 1 : -1);
  stops[(at + stops.length) % stops.length]?.focus();
}

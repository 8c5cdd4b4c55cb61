import { Pill, toneOf } from '../../../ui/pill.tsx';
import { useTags } from '../../api/get-reference-data.ts';
import classes from './tags.module.css';

/** The tags of a lead or of a card on the board. */
export interface Tagged {
  tags: readonly string[];
  tag_ids: readonly string[];
}

/** The tags of a lead, each in its colour; those beyond `most` are only counted. */
export function TagPills({ tags, tag_ids, most = tags.length }: Tagged & { most?: number }) {
  const known = useTags();
  if (tags.length === 0) return null;
  const rest = tags.slice(most);
  return (
    <span className={classes.pills}>
      {tags.slice(0, most).map((name, at) => (
        <Pill key={tag_ids[at]} tone={toneOf(known.find(({ id }) => id === tag_ids[at])?.colour)} dot={false}>
          {name}
        </Pill>
      ))}
      {rest.length > 0 && (
        <span className={classes.rest} title={rest.join(', ')}>
          {`+${rest.length}`}
        </span>
      )}
    </span>
  );
}

import type { ReactNode } from 'react';
import { Pill, toneOf } from '../../ui/pill.tsx';
import type { FieldDef } from '../form/item-fields.tsx';
import { ReferencePage } from './reference-page.tsx';

const plain: readonly FieldDef[] = [
  { key: 'name', label: 'Name', kind: 'text' },
  { key: 'alternative_code', label: 'Short code', kind: 'text', about: 'The name that some vendors’ clients send.' },
  { key: 'description', label: 'Description', kind: 'text', wide: true },
];

interface Plain {
  title: string;
  intro: ReactNode;
  path: string;
  word: string;
}

function PlainPage({ title, intro, path, word }: Plain) {
  const isList = path.startsWith('/v1/reference/');
  return (
    <ReferencePage
      title={title}
      intro={intro}
      kind={{ path, word }}
      fields={plain}
      isOrdered={isList}
      countsUses={!isList}
      facts={({ description }) => typeof description === 'string' && <span>{description}</span>}
    />
  );
}

/** The settings page for sources. */
export function SourcesPage() {
  const intro = 'Where leads come from. Requests can add a few sources; any more wait for approval.';
  return <PlainPage title="Sources" intro={intro} path="/v1/sources" word="source" />;
}

/** The settings page for categories. */
export function CategoriesPage() {
  const intro = 'Another way to group leads, besides their type.';
  return <PlainPage title="Categories" intro={intro} path="/v1/reference/category" word="category" />;
}

/** The settings page for tags. */
export function TagsPage() {
  return (
    <ReferencePage
      title="Tags"
      intro="Labels for leads, which you can filter lists by. Anyone who works on leads can create tags, and a token can add them to the leads it brings in."
      kind={{ path: '/v1/tags', word: 'tag' }}
      countsUses
      fields={[
        { key: 'name', label: 'Name', kind: 'text' },
        { key: 'colour', label: 'Colour', kind: 'colour' },
      ]}
      label={({ name, colour }) => (
        <Pill tone={toneOf(typeof colour === 'string' ? colour : undefined)} dot={false}>
          {name}
        </Pill>
      )}
    />
  );
}

/** The settings page for lost reasons. */
export function LostReasonsPage() {
  const intro = 'Chosen when a lead moves to a lost status.';
  return <PlainPage title="Lost reasons" intro={intro} path="/v1/reference/lost_reason" word="lost reason" />;
}

/** The settings page for task categories. */
export function TaskCategoriesPage() {
  const intro = 'Kinds of tasks, in the order they appear in menus.';
  return <PlainPage title="Task categories" intro={intro} path="/v1/reference/task_category" word="task category" />;
}

const stageStates = [
  { value: 'open', label: 'Open' },
  { value: 'won', label: 'Won' },
  { value: 'lost', label: 'Lost' },
];

/** The settings page for deal stages. */
export function DealStagesPage() {
  return (
    <ReferencePage
      title="Deal stages"
      intro="The stages a deal passes through, in the order of the board."
      kind={{ path: '/v1/reference/deal_stage', word: 'deal stage' }}
      isOrdered
      blank={{ state: 'open' }}
      facts={({ state, probability }) => (
        <>
          {typeof state === 'string' && <span>{state}</span>}
          {typeof probability === 'number' && <span>{probability} %</span>}
        </>
      )}
      fields={[
        { key: 'name', label: 'Name', kind: 'text' },
        { key: 'state', label: 'State', kind: 'choice', options: stageStates },
        { key: 'probability', label: 'Probability (%)', kind: 'number' },
        { key: 'colour', label: 'Colour', kind: 'colour' },
      ]}
    />
  );
}

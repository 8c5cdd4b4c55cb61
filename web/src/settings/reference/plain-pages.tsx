import { Pill, toneOf } from '../../ui/pill.tsx';
import { codeField, colourField, descriptionField, nameField } from '../form/usual-fields.ts';
import { kinds, type ReferenceKind } from './kinds.ts';
import { ReferencePage } from './reference-page.tsx';

function PlainPage({ kind, intro }: { kind: ReferenceKind; intro: string }) {
  return (
    <ReferencePage
      kind={kind}
      intro={intro}
      fields={[nameField, codeField, descriptionField]}
      facts={({ description }) => typeof description === 'string' && <span>{description}</span>}
    />
  );
}

/** The settings page for sources. */
export function SourcesPage() {
  const intro = 'Where leads come from. Requests can add a few sources; any more wait for approval.';
  return <PlainPage kind={kinds.sources} intro={intro} />;
}

/** The settings page for categories. */
export function CategoriesPage() {
  return <PlainPage kind={kinds.categories} intro="Another way to group leads, besides their type." />;
}

/** The settings page for lost reasons. */
export function LostReasonsPage() {
  return <PlainPage kind={kinds.lostReasons} intro="Chosen when a lead moves to a lost status." />;
}

/** The settings page for task categories. */
export function TaskCategoriesPage() {
  return <PlainPage kind={kinds.taskCategories} intro="Kinds of tasks, in the order they appear in menus." />;
}

/** The settings page for tags. */
export function TagsPage() {
  return (
    <ReferencePage
      kind={kinds.tags}
      intro="Labels for leads, which you can filter lists by. Anyone who works on leads can create tags, and a token can add them to the leads it brings in."
      fields={[nameField, colourField]}
      label={({ name, colour }) => (
        <Pill tone={toneOf(typeof colour === 'string' ? colour : undefined)} dot={false}>
          {name}
        </Pill>
      )}
    />
  );
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
      kind={kinds.dealStages}
      intro="The stages a deal passes through, in the order of the board."
      blank={{ state: 'open' }}
      facts={({ state, probability }) => (
        <>
          {typeof state === 'string' && <span>{state}</span>}
          {typeof probability === 'number' && <span>{probability} %</span>}
        </>
      )}
      fields={[
        nameField,
        { key: 'state', label: 'State', kind: 'choice', options: stageStates },
        { key: 'probability', label: 'Probability (%)', kind: 'number' },
        colourField,
      ]}
    />
  );
}

import type { Shape } from '../../api/client.ts';
import { Pill, type Tone } from '../../ui/pill.tsx';

type Outcome = Shape<'SubmissionView'>['outcome'];

const words: { readonly [O in Outcome]: readonly [string, Tone] } = {
  accepted: ['Accepted', 'won'],
  merged: ['Matched', 'new'],
  duplicate: ['Matched', 'new'],
  refused: ['Refused', 'bad'],
  failed: ['Failed', 'bad'],
  test: ['Test', 'neutral'],
};

interface Ended {
  outcome: Outcome;
  problem?: unknown;
  dismissed_at?: string | null;
}

/** The outcome of a request in a word or two, with its colour. */
function outcomeWord({ outcome, problem, dismissed_at }: Ended): readonly [string, Tone] {
  if (dismissed_at) return ['Dismissed', 'neutral'];
  if ((problem as { kind?: string } | null)?.kind === 'unauthenticated') return ['Unauthorised', 'lost'];
  return words[outcome];
}

/** The outcome of a request as a pill. */
export function OutcomePill(props: Ended) {
  const [word, tone] = outcomeWord(props);
  return <Pill tone={tone}>{word}</Pill>;
}

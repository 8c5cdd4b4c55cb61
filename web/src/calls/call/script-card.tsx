import { Button } from '@mantine/core';
import { Fragment, useMemo, useState } from 'react';
import { useMe } from '../../app/session.ts';
import { nameOf } from '../../leads/public.ts';
import { Segments } from '../../ui/segments.tsx';
import type { Claimed } from '../api/get-calls.ts';
import classes from './call.module.css';
import { type Line, type Piece, readScript } from './script.ts';

interface Props {
  claimed: Claimed;
  /** Chooses the outcome with this name; false if there is none. */
  onOutcome: (name: string) => boolean;
}

/** The call script, step by step, with the lead's values filled in. */
export function ScriptCard({ claimed, onOutcome }: Props) {
  const { lead, script } = claimed;
  const { user, workspace } = useMe();
  const steps = useMemo(() => {
    const known = { ...lead.custom, ...lead, name: nameOf(lead), agent: user.name, workspace: workspace.name };
    return readScript(script ?? '', known);
  }, [lead, script, user.name, workspace.name]);
  const [at, setAt] = useState('0');
  const step = steps[Number(at)];
  if (!step) return null;
  const go = (to: string) => {
    const next = steps.findIndex(({ name }) => name.toLowerCase() === to.toLowerCase());
    if (next >= 0) setAt(String(next));
    else onOutcome(to);
  };
  return (
    <section className={classes.card} aria-label="Script">
      <div className={classes.cardHead}>
        <h3 className="small-title">{lead.type ? `Script · ${lead.type}` : 'Script'}</h3>
        {steps.length > 1 && (
          <Segments
            label="Script step"
            segments={steps.map(({ name }, place) => ({ value: String(place), label: name }))}
            value={at}
            onChange={setAt}
          />
        )}
      </div>
      <div className={classes.script}>
        <Words lines={step.lines} />
        <Ways lines={step.lines} onGo={go} />
      </div>
    </section>
  );
}

function Words({ lines }: { lines: readonly Line[] }) {
  return lines.map((line, place) =>
    line.kind === 'link' ? null : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a step stay where they are
      <p key={place} data-point={line.kind === 'point' || undefined} className={classes.line}>
        <Pieces pieces={line.pieces} />
      </p>
    ),
  );
}

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map(({ kind, text }, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line stay where they are
    <Fragment key={place}>
      {kind === 'text' && text}
      {kind === 'strong' && <strong>{text}</strong>}
      {kind === 'value' && <strong className={classes.value}>{text}</strong>}
      {kind === 'missing' && <mark className={classes.missing}>{text}?</mark>}
    </Fragment>
  ));
}

function Ways({ lines, onGo }: { lines: readonly Line[]; onGo: (to: string) => void }) {
  const links = lines.flatMap((line) => (line.kind === 'link' ? [line] : []));
  if (links.length === 0) return null;
  return (
    <div className={classes.links}>
      {links.map(({ label, to }) => (
        <Button key={`${label} ${to}`} onClick={() => onGo(to)}>
          {label} → {to}
        </Button>
      ))}
    </div>
  );
}

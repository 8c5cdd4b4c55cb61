import { isClosed, viewDeal } from '../deals/deal-view.ts';
import type { AddDeal, Command } from '../intake/command.ts';
import { taskValues } from '../intake/commands/add-note-task-deal.ts';
import type { CallContext } from '../intake/endpoint.ts';
import type { Result } from '../intake/result.ts';
import { viewNote } from '../notes/note-view.ts';
import { viewTask } from '../tasks/task-view.ts';
import { actorOf } from '../workspaces/access/caller.ts';
import type { ReferenceData } from '../workspaces/reference-data.ts';

const noTaskFacts = { lead_status_id: null, lead_next_step: null, contact: null, done_at: null };

/** The response for a created record, built from the command without reading it back. */
export function viewCreated(
  { id, lead_id, lead_name }: Extract<Result, { kind: 'added' }>,
  { command, caller, now, referenceData }: CallContext & { command: Command },
): object {
  const created = { id, actor: actorOf({ caller }), created_at: now, updated_at: now };
  switch (command.kind) {
    case 'addNote':
      return viewNote({ ...created, lead_id: lead_id ?? '', text: command.text, edited_at: null });
    case 'addTask':
      return viewTask({ ...created, lead_id, lead_name, ...noTaskFacts, ...taskValues(command) }, referenceData);
    case 'addDeal':
      return viewDeal(
        {
          ...created,
          lead_id: lead_id ?? '',
          lead_name: lead_name ?? '',
          ...asStoredDeal(command, now, referenceData),
        },
        referenceData,
      );
    default:
      throw new Error(`${command.kind} adds nothing.`);
  }
}

function asStoredDeal(command: AddDeal, now: Date, referenceData: ReferenceData) {
  const stage_id = 'id' in command.stage ? command.stage.id : '';
  return {
    name: command.name ?? null,
    stage_id,
    amount: command.amount ?? null,
    start_date: command.start_date ?? null,
    end_date: command.end_date ?? null,
    note: command.note ?? null,
    owner_id: command.owner_id ?? null,
    closed_at: isClosed(stage_id, referenceData) ? now : null,
  };
}

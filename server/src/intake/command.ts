import type { NewDeal } from '../deals/deal-body.ts';
import type { LeadValues } from '../leads/fields.ts';
import type { LeadReferences, Origin } from '../leads/lead.ts';
import type { ContactKeyKind, PhoneSent } from '../leads/lead-keys.ts';
import type { NewTask } from '../tasks/task-body.ts';
import type { ReferenceKind } from '../workspaces/reference-data.ts';

/** The closed list of what any dialect, or our own API, can ask of intake. Data only: it can be kept, rehearsed, replayed. */
export type Command =
  | CreateLead
  | UpdateLead
  | { kind: 'deleteLead'; lead: LeadRef }
  | { kind: 'showLead'; lead: LeadRef }
  | { kind: 'listLeads'; filter: LeadFilter; limit: number; offset: number }
  | { kind: 'addNote'; lead: LeadRef; text: string }
  | AddTask
  | AddDeal
  | { kind: 'changeStatus'; lead: LeadRef; status: Named }
  | { kind: 'reopenLead'; lead: LeadRef }
  | { kind: 'assignDepartment'; sourceNumber: PhoneSent; department_id: string }
  | { kind: 'cancelCall'; phone: PhoneSent; type_id: string }
  | { kind: 'signIn'; organisation: string; username: string; password: string; unit?: string }
  | { kind: 'signInByKey'; unit?: string }
  | { kind: 'signOut' }
  | { kind: 'listReferences'; of: ReferenceKind };

export type CommandKind = Command['kind'];

/** Which lead is meant. By phone or email the lead that owns that key is meant. */
export type LeadRef =
  | { by: 'id'; id: string }
  | { by: 'number'; number: number }
  | { by: 'contact'; phone?: PhoneSent; email?: string };

/** An item of the book: by id when the dialect found it there; by name when it is to be made if it does not exist. */
export type Named = { id: string } | { make: string };

/** Rules that a vendor documents, or our own API has, and intake checks, because they need the store. */
type Demand = 'unclosed_lead' | 'accounts_receivable_of_customer' | 'own_rules';

/** What a request says of a lead. */
export interface LeadDraft {
  /** `phone` is never here: see below. */
  values: Omit<LeadValues, 'phone' | 'other_phone'>;
  phone?: PhoneSent | null;
  other_phone?: PhoneSent | null;
  references?: Omit<LeadReferences, 'status_id' | 'source_id'>;
  status?: Named;
  source?: Named | null;
  /** Workspace-defined fields by literal name, in the order sent; made when new, if the token may. */
  custom?: readonly (readonly [name: string, value: unknown])[];
  /** What only this dialect knows; merged key by key into its memory, null clears a key. */
  dialect_fields?: Readonly<Record<string, unknown>>;
  /** Further keys by which a contact can be named later (id card, VAT number ...). Not matched on. */
  contact_keys?: readonly { kind: ContactKeyKind; value: string }[];
  contact_id?: string;
}

export interface CreateLead {
  kind: 'createLead';
  draft: LeadDraft;
  origin: Origin;
  /** Text to keep as a note on the lead. */
  note?: string;
  /** Staff or departments named but not known: kept in the touch and said on the timeline, so that no one wonders. */
  remarks?: readonly Remark[];
  /** Plan a phone call, due so many seconds from now. The lead's type is the call's type. */
  call?: { delaySeconds: number };
  /** Validate and answer, keep nothing but the submission. */
  test?: boolean;
  fieldRules?: readonly Demand[];
  /** For a contact named by identifier: which lead or contact it is. Refused as unknown when nobody is found. */
  contact?: { ref: ContactRef; at: string };
}

/** A contact by our id (of the contact or of a lead about it) or by one of its keys. */
export type ContactRef = { by: 'id'; id: string } | { by: ContactKeyKind; value: string };

/** A fact worth a line on the timeline that is no refusal: a name nobody knows, a value that was not understood. */
export interface Remark {
  code: 'unknown_staff' | 'unknown_department' | 'value_not_understood' | 'field_limit_reached' | 'list_limit_reached';
  at: string;
  value: string;
}

export interface UpdateLead {
  kind: 'updateLead';
  lead: LeadRef;
  /** Absent says nothing; null clears. */
  draft: LeadDraft;
  origin: Origin;
  /** The version that the sender saw; refused when the lead was changed since. */
  version?: number;
  fieldRules?: readonly Demand[];
  remarks?: readonly Remark[];
}

export interface AddTask extends NewTask {
  kind: 'addTask';
  /** Absent: a task on its own. A lead that is not found leaves the task on its own too, its contact kept with it. */
  lead?: LeadRef;
  remarks?: readonly Remark[];
}

export interface AddDeal extends Omit<NewDeal, 'stage'> {
  kind: 'addDeal';
  lead: LeadRef;
  stage: Named;
  remarks?: readonly Remark[];
}

export interface LeadFilter {
  type_id?: string;
  status_id?: string;
  category_id?: string;
  owner_id?: string;
  source_name?: string;
  importance?: string;
  priority?: number;
  contact?: ContactRef;
}

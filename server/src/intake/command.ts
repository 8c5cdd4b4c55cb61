import type { NewDeal } from '../deals/deal-body.ts';
import type { LeadValues } from '../leads/fields.ts';
import type { LeadReferences, Origin } from '../leads/lead.ts';
import type { ContactKeyKind, PhoneSent } from '../leads/lead-keys.ts';
import type { TagChange } from '../leads/lead-tags.ts';
import type { NewTask } from '../tasks/task-body.ts';
import type { ReferenceKind } from '../workspaces/reference-data.ts';

/**
 * All commands that a dialect or our own API can pass to intake. Plain data, so they can be
 * stored, rehearsed and replayed.
 */
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

/** Identifies a lead. `contact` means the lead that owns the phone or email. */
export type LeadRef =
  | { by: 'id'; id: string }
  | { by: 'number'; number: number }
  | { by: 'contact'; phone?: PhoneSent; email?: string };

/** A reference data item: by id if the dialect found it, or by name if it should be created when missing. */
export type Named = { id: string } | { make: string };

/** Rules of a vendor or of our own API that intake checks because they need the database. */
type Requirement = 'unclosed_lead' | 'accounts_receivable_of_customer' | 'own_rules';

/** Lead data in a request. */
export interface LeadDraft {
  /** Phones are separate, see below. */
  values: Omit<LeadValues, 'phone' | 'other_phone'>;
  phone?: PhoneSent | null;
  other_phone?: PhoneSent | null;
  references?: Omit<LeadReferences, 'status_id' | 'source_id'>;
  status?: Named;
  source?: Named | null;
  tags?: TagChange;
  /** Custom fields by exact name, in the order sent; missing ones are created if the token may create them. */
  custom?: readonly (readonly [name: string, value: unknown])[];
  /** Fields that only this dialect has; merged key by key into those stored; null clears a key. */
  dialect_fields?: Readonly<Record<string, unknown>>;
  /** Further keys that identify the contact later (id card, VAT number ...). Not used for matching. */
  contact_keys?: readonly { kind: ContactKeyKind; value: string }[];
  contact_id?: string;
  /** Further phones and emails of the person, which make other leads possible duplicates. */
  other_contacts?: { phones?: readonly PhoneSent[]; emails?: readonly string[] };
}

export interface CreateLead {
  kind: 'createLead';
  draft: LeadDraft;
  origin: Origin;
  /** Stored as a note on the lead. */
  note?: string;
  /** Unknown staff or departments in the request: stored in the touch and shown on the timeline. */
  warnings?: readonly Warning[];
  /** Plans a phone call due in this many seconds, with the lead's type. */
  call?: { delaySeconds: number };
  /** Validates and responds, but stores only the submission. */
  test?: boolean;
  fieldRules?: readonly Requirement[];
  /** The lead or contact that an identifier in the request refers to. Refused as unknown if there is none. */
  contact?: { ref: ContactRef; at: string };
}

/** A contact, by our id (of the contact or of a lead about it) or by one of its keys. */
export type ContactRef = { by: 'id'; id: string } | { by: ContactKeyKind; value: string };

/** A warning for the timeline, not a reason to refuse: an unknown name, or a value that was not understood. */
export interface Warning {
  code:
    | 'unknown_staff'
    | 'unknown_department'
    | 'value_not_understood'
    | 'field_limit_reached'
    | 'list_limit_reached'
    | 'waiting_for_approval';
  at: string;
  value: string;
}

export interface UpdateLead {
  kind: 'updateLead';
  lead: LeadRef;
  /** Absent fields stay unchanged; null clears a field. */
  draft: LeadDraft;
  origin: Origin;
  /** The version that the sender last read; refused if the lead has changed since. */
  version?: number;
  /** A new name is the whole name: it clears those parts of the old one that contradict it. */
  wholeName?: true;
  fieldRules?: readonly Requirement[];
  warnings?: readonly Warning[];
}

export interface AddTask extends NewTask {
  kind: 'addTask';
  /**
   * Absent for a task without a lead. If a contact's lead is not found, the task is stored without one, with the
   * contact as text.
   */
  lead?: LeadRef;
  warnings?: readonly Warning[];
}

export interface AddDeal extends Omit<NewDeal, 'stage'> {
  kind: 'addDeal';
  lead: LeadRef;
  stage: Named;
  warnings?: readonly Warning[];
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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { api, body } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { type LeadField, useFieldLabel, useLeadFields } from '../../app/lead-fields.ts';
import { toast } from '../../ui/feedback/toast.tsx';
import { refreshLead } from '../api/get-lead.ts';
import { useLeadTypes } from '../api/get-reference-data.ts';
import { mergePatches, messageOf, patchOf, type Typed } from '../lead/fields/lead-values.ts';
import { nameOf } from '../lead-name.ts';

const blank = {
  name: '',
  phone: '',
  email: '',
  company_name: '',
  source: '',
  type: '',
  department: '',
  owner: '',
  note: '',
};

/** The fields that the form always has. */
export type Values = typeof blank;

/** The state of the form for a new lead: its values, the fields that its type requires, and saving. */
export function useNewLead(onClose: () => void) {
  const [values, setValues] = useState(blank);
  const [more, setMore] = useState<Typed>({});
  const [isLacking, setLacking] = useState(false);
  const [found, setFound] = useState<readonly string[]>([]);
  const label = useFieldLabel();
  const asked = useAsked(values.type, found, Object.keys(blank));
  // The same key for repeated clicks and retries, so that only one lead is created.
  const key = useRef(crypto.randomUUID());
  const client = useQueryClient();
  const navigate = useNavigate();
  const touch = () => {
    setLacking(false);
    key.current = crypto.randomUUID();
  };
  const creating = useMutation({
    mutationFn: () =>
      body(
        api.POST('/v1/leads', {
          body: mergePatches(patchOf(asked.extra, more), said(values)),
          params: { header: { 'Idempotency-Key': key.current } },
        }),
      ),
    onSuccess: (lead) => {
      refreshLead(client);
      toast.done(`Lead created: ${nameOf(lead)}`);
      onClose();
      void navigate(drawerOf(lead.id) as never);
    },
    onError: (error) => {
      const required = asProblem(error).errors.filter(({ code }) => code === 'required');
      setFound((before) => [...before, ...required.map(({ field }) => field)]);
    },
  });
  const problem = creating.error && asProblem(creating.error);
  const isPlaced = (field: string) => field in values || asked.extra.some(({ name }) => name === field);
  return {
    values,
    set: (name: keyof Values, value: string) => {
      setValues({ ...values, [name]: value });
      if (name === 'type') setFound([]);
      touch();
    },
    more,
    setMore: (name: string, value: string) => {
      setMore({ ...more, [name]: value });
      touch();
    },
    asked,
    problem,
    isUnplaced: problem !== null && !problem.errors.some(({ field }) => isPlaced(field)),
    errorAt: (name: string) =>
      messageOf(problem, name, label) ??
      (isLacking && name === 'phone' ? 'Enter a phone number or an email address.' : undefined),
    submit: () => {
      if (values.phone.trim() === '' && values.email.trim() === '') setLacking(true);
      else if (!creating.isPending) creating.mutate();
    },
    isBusy: creating.isPending,
  };
}

/** The URL that opens the new lead's drawer: on the current list or board, or on the lead list from any other page. */
function drawerOf(lead: string) {
  const stay = /[/](leads|pipeline)$/.test(location.pathname);
  return { to: stay ? '.' : '/leads', search: (now: object) => ({ ...(stay && now), new: undefined, lead }) };
}

function said(values: Values): Partial<Values> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
}

/** The fields that the lead type requires, and those the form has to add for it. */
interface Asked {
  always: ReadonlySet<string>;
  extra: readonly LeadField[];
}

/**
 * Fields that the type always requires, and those that the server reported as missing: only the server
 * evaluates the type's other rules.
 */
function useAsked(typeId: string, missing: readonly string[], own: readonly string[]): Asked {
  const fields = useLeadFields();
  const rules = useLeadTypes().find(({ id }) => id === typeId)?.rules ?? [];
  const always = new Set(rules.flatMap(({ field, when }) => (when === 'always' ? [field] : [])));
  const wanted = new Set([...always, ...missing].filter((name) => !own.includes(name)));
  return { always, extra: fields.filter(({ name }) => wanted.has(name)) };
}

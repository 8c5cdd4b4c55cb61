import { namesOf } from './names.ts';

/** Somebody of the made-up firm. */
export interface DemoPerson {
  name: string;
  role: 'manager' | 'agent';
  department: 'Inside sales' | 'Field sales';
  /** How much longer than others leads wait for them. */
  slowness: number;
}

const core: readonly DemoPerson[] = [
  { name: 'Priya Nair', role: 'manager', department: 'Inside sales', slowness: 1 },
  { name: 'Tom Becker', role: 'agent', department: 'Inside sales', slowness: 0.6 },
  { name: 'Sofia Marino', role: 'agent', department: 'Inside sales', slowness: 1 },
  { name: 'James Okafor', role: 'agent', department: 'Inside sales', slowness: 1.7 },
  { name: 'Maria Georgiou', role: 'agent', department: 'Field sales', slowness: 0.8 },
  { name: 'Hannah Lee', role: 'agent', department: 'Field sales', slowness: 1.3 },
];

/** More leads than these are more than one agent can work. */
const LEADS_EACH = 2_000;
const MOST_AGENTS = 150;

/** The people of a firm that has so many leads: a manager, and as many agents as it takes; always the same ones. */
export function peopleFor(leads: number): DemoPerson[] {
  const { first, last } = namesOf.GB;
  const agents = Math.min(MOST_AGENTS, Math.ceil(leads / LEADS_EACH));
  const people = [...core];
  // Both lists are gone through at their own pace: no two have one name.
  for (let at = 0; people.length <= agents; at += 1)
    people.push({
      name: `${first[at % first.length]} ${last[(at * 5 + Math.floor(at / first.length)) % last.length]}`,
      role: 'agent',
      department: at % 2 ? 'Field sales' : 'Inside sales',
      slowness: 0.6 + (at % 8) / 7,
    });
  return people;
}

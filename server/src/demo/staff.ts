import { namesOf } from './names.ts';

/** A member of the sample firm. */
export interface DemoPerson {
  name: string;
  role: 'manager' | 'agent';
  department: 'Inside sales' | 'Field sales';
  /** How much longer leads wait for this person, as a factor. */
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

/** The most leads that one agent works on. */
const LEADS_PER_AGENT = 2_000;
const MAX_AGENTS = 150;

/** The people of a firm with this many leads: a manager and enough agents. The result is always the same. */
export function staffFor(leads: number): DemoPerson[] {
  const { first, last } = namesOf.GB;
  const agents = Math.min(MAX_AGENTS, Math.ceil(leads / LEADS_PER_AGENT));
  const people = [...core];
  // First and last names advance at different rates, so that no two people share a full name.
  for (let at = 0; people.length <= agents; at += 1)
    people.push({
      name: `${first[at % first.length]} ${last[(at * 5 + Math.floor(at / first.length)) % last.length]}`,
      role: 'agent',
      department: at % 2 ? 'Field sales' : 'Inside sales',
      slowness: 0.6 + (at % 8) / 7,
    });
  return people;
}

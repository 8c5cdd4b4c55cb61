/** One line of the doctor: what was looked at, how it is, and what to do where something is wrong. */
export interface Symptom {
  check: string;
  state: 'ok' | 'warn' | 'fail';
  text: string;
}

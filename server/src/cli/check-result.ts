/** The result of one check: what was checked, its state, and how to fix it. */
export interface CheckResult {
  check: string;
  state: 'ok' | 'warn' | 'fail';
  text: string;
}

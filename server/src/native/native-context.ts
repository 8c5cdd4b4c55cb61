import type { ApiContext } from '../http/api-context.ts';
import type { Intake } from '../intake/arrival.ts';

/** What routes need whose requests go through intake and are kept in the journal. */
export interface NativeContext extends ApiContext {
  intake: Pick<Intake, 'perform'>;
}

import { verify } from '../backup/verify.ts';
import { reportRules } from '../reports/report-rules-store.ts';
import { openPlace } from '../store.ts';
import type { Command } from './command.ts';
import { collect } from './output.ts';

export const verifyCommand: Command = {
  name: 'verify',
  usage: '',
  about: 'Check that the stored data is intact and consistent. The server can keep running.',
  options: {},
  async run(call) {
    const place = await openPlace(call.config);
    try {
      const { owner, cluster } = place;
      const target = { owner, rules: reportRules, ...(cluster && { superuser: cluster.superuser }) };
      const findings = await collect(verify(target, call.signal), call.screen);
      const differences = findings.reduce((sum, finding) => sum + finding.differences, 0);
      call.screen.show({ ok: differences === 0, differences, findings }, [
        differences === 0 ? 'Everything is in order.' : 'There are differences.',
      ]);
      return differences === 0 ? 0 : 1;
    } finally {
      await place.close();
    }
  },
};

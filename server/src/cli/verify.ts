import { verify } from '../backup/verify.ts';
import { reportRules } from '../reports/report-rules-store.ts';
import type { Command } from './command.ts';
import { collect } from './output.ts';
import { withPlace } from './with-store.ts';

export const verifyCommand: Command = {
  usage: 'verify',
  about: 'Check that the stored data is intact and consistent. The server can keep running.',
  async run(call) {
    await withPlace(call, async (place) => {
      const { owner, cluster } = place;
      const target = { owner, rules: reportRules, ...(cluster && { superuser: cluster.superuser }) };
      const findings = await collect(verify(target, call.signal), call.screen);
      const differences = findings.reduce((sum, finding) => sum + finding.differences, 0);
      call.screen.show({ ok: differences === 0, differences, findings }, [
        differences === 0 ? 'Everything is in order.' : 'There are differences.',
      ]);
      if (differences > 0) call.exitCode = 1;
    });
  },
};

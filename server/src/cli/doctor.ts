import type { CheckResult } from './check-result.ts';
import type { Command } from './command.ts';
import { checkDatabase } from './doctor-database.ts';
import { checkMachine } from './doctor-machine.ts';
import { errorText } from './output.ts';
import { withPlace } from './with-store.ts';

export const doctor: Command = {
  usage: 'doctor',
  about: 'Check the installation and report problems.',
  async run(call) {
    const symptoms: CheckResult[] = [];
    const add = (symptom: CheckResult) => {
      symptoms.push(symptom);
      call.screen.say(`${symptom.state.padEnd(4)}  ${symptom.check.padEnd(11)} ${symptom.text}`);
    };
    for (const symptom of await checkMachine(call.config)) add(symptom);
    try {
      await withPlace(call, async (place) => {
        for await (const symptom of checkDatabase(place, call.config)) add(symptom);
      });
    } catch (error) {
      add({ check: 'database', state: 'fail', text: errorText(error) });
    }
    const healthy = symptoms.every(({ state }) => state !== 'fail');
    call.screen.show({ healthy, symptoms }, []);
    if (!healthy) call.exitCode = 1;
  },
};

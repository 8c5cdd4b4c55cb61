import { openPlace } from '../store.ts';
import type { CheckResult } from './check-result.ts';
import type { Command } from './command.ts';
import { checkDatabase } from './doctor-database.ts';
import { checkMachine } from './doctor-machine.ts';
import { errorText } from './output.ts';

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  about: 'Check the installation and report problems.',
  options: {},
  async run(call) {
    const symptoms: CheckResult[] = [];
    const add = (symptom: CheckResult) => {
      symptoms.push(symptom);
      call.screen.say(`${symptom.state.padEnd(4)}  ${symptom.check.padEnd(11)} ${symptom.text}`);
    };
    for (const symptom of await checkMachine(call.config)) add(symptom);
    try {
      const place = await openPlace(call.config);
      try {
        for await (const symptom of checkDatabase(place, call.config)) add(symptom);
      } finally {
        await place.close();
      }
    } catch (error) {
      add({ check: 'database', state: 'fail', text: errorText(error) });
    }
    const healthy = symptoms.every(({ state }) => state !== 'fail');
    call.screen.show({ healthy, symptoms }, []);
    return healthy ? 0 : 1;
  },
};

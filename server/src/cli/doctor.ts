import { openPlace } from '../store.ts';
import type { Command } from './command.ts';
import { databaseSymptoms } from './doctor-database.ts';
import { machineSymptoms } from './doctor-machine.ts';
import { sentenceOf } from './screen.ts';
import type { Symptom } from './symptom.ts';

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  about: 'Look at everything that this installation stands on, and say what is wrong.',
  options: {},
  async run(call) {
    const symptoms: Symptom[] = [];
    const add = (symptom: Symptom) => {
      symptoms.push(symptom);
      call.screen.say(`${symptom.state.padEnd(4)}  ${symptom.check.padEnd(11)} ${symptom.text}`);
    };
    for (const symptom of await machineSymptoms(call.config)) add(symptom);
    try {
      const place = await openPlace(call.config);
      try {
        for await (const symptom of databaseSymptoms(place, call.config)) add(symptom);
      } finally {
        await place.close();
      }
    } catch (error) {
      add({ check: 'database', state: 'fail', text: sentenceOf(error) });
    }
    const healthy = symptoms.every(({ state }) => state !== 'fail');
    call.screen.show({ healthy, symptoms }, []);
    return healthy ? 0 : 1;
  },
};

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The faults of server/test/plants: one file for each area, each fault with the `file` it changes, the text it `find`s
 * there and `replace`s, the `tests` that should see it, and a sentence `about` it. A test is a file, or `file > words`
 * for those tests of it whose name holds the words. `problem` says why it cannot be planted any more.
 */
export async function readPlants(root) {
  const folder = join(root, 'server/test/plants');
  const plants = [];
  for (const name of (await readdir(folder)).filter((one) => one.endsWith('.json')).sort())
    for (const plant of JSON.parse(await readFile(join(folder, name), 'utf8')))
      plants.push({ ...plant, area: name.replace('.json', ''), problem: await problemOf(root, plant) });
  return plants;
}

async function problemOf(root, { about, file, find, replace, tests }) {
  if (!about || !file || !find || replace === undefined || !tests?.length) return `A plant is incomplete: ${about}`;
  const text = await readFile(join(root, file), 'utf8').catch(() => '');
  const times = text.split(find).length - 1;
  if (times !== 1) return `${about}: its text occurs ${times} times in ${file}, not once.`;
  if (find === replace) return `${about}: it changes nothing.`;
  for (const { file: name, words = '' } of tests.map(readTest)) {
    const source = await readFile(join(root, name), 'utf8').catch(() => undefined);
    // Names of tests that are run for several cases end differently in the source.
    const beginning = words.split(' ').slice(0, 3).join(' ');
    if (!source?.includes(beginning)) return `${about}: there is no test ${name}${words && ` > ${words}`}.`;
  }
  return undefined;
}

/** The file of a test, and the words that choose among its tests; undefined for all of them. */
export function readTest(test) {
  const [file, words] = test.split(' > ');
  return { file, words };
}

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The faults of server/test/plants: one file for each area, each fault with the `file` it changes, the text it `find`s
 * there and `replace`s, the `tests` that should see it, and a sentence `about` it. `problem` says why it cannot be
 * planted any more.
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
  const missing = tests.find((test) => !existsSync(join(root, test)));
  return missing && `${about}: there is no test file ${missing}.`;
}

import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * The faults of server/test/plants, one file for each area. Each fault has the `file` it changes, the text to `find`
 * there and what `replace`s it, the `tests` that should notice it, and a sentence `about` it. A test is a file, or
 * `file > words` for those of its tests whose names contain the words. `problem` says why the fault
 * can no longer be planted.
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
  const later = await replacedBy(root, file, text.slice(0, text.indexOf(find)));
  if (later) return `${about}: ${later} replaces the function that it changes.`;
  for (const { file: name, words = '' } of tests.map(readTest)) {
    const source = await readFile(join(root, name), 'utf8').catch(() => undefined);
    // Names of parameterised tests have placeholders in the source, so only the first words are compared.
    const beginning = words.split(' ').slice(0, 3).join(' ');
    if (!source?.includes(beginning)) return `${about}: there is no test ${name}${words && ` > ${words}`}.`;
  }
  return undefined;
}

/**
 * The migration after `file` that replaces the function in whose body `before` stops, if there is one and no migration
 * has called the function until then.
 */
async function replacedBy(root, file, before) {
  if (!file.endsWith('.sql')) return undefined;
  const open = before.split(/^(?:END )?\$\$;$/m).at(-1);
  const name = /FUNCTION (\w+)\(/.exec(open)?.[1];
  if (!name) return undefined;
  const folder = join(root, dirname(file));
  for (const other of (await readdir(folder)).sort().filter((one) => one > basename(file))) {
    const text = await readFile(join(folder, other), 'utf8');
    if (text.includes(`CREATE OR REPLACE FUNCTION ${name}(`)) return other;
    if (text.includes(`SELECT ${name}(`)) return undefined;
  }
  return undefined;
}

/** The file of a test, and the words that select some of its tests; undefined for all of them. */
export function readTest(test) {
  const [file, words] = test.split(' > ');
  return { file, words };
}

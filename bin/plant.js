#!/usr/bin/env node
// Proves that the tests notice faults: plants those of server/test/plants one at a time into a copy of this work tree,
// runs the tests that should see each, and lists every one that slipped through. `npm run plant -- sessions CSRF`
// plants only those whose area or description contains a word.
import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import { readPlants } from './read-plants.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const plants = (await readPlants(root)).filter(({ area, about }) => {
  const text = `${area} ${about}`.toLowerCase();
  return words.length === 0 || words.some((word) => text.includes(word));
});
if (plants.length === 0) fail('No plant is called like that.');
for (const { problem } of plants) if (problem) fail(problem);

const copy = await makeCopy();
process.chdir(copy);
const vitest = await createVitest('test', { root: copy, watch: false, bail: 1, reporters: [{}] });
const slipped = [];
try {
  await expectGreen([...new Set(plants.flatMap(({ tests }) => tests))]);
  for (const plant of plants) await tryOne(plant);
} finally {
  await vitest.close();
  process.chdir(root);
  await rm(copy, { recursive: true, force: true });
}
console.log(
  `\n${plants.length} faults planted, ${plants.length - slipped.length} caught, ${slipped.length} slipped through.`,
);
for (const { area, about, file } of slipped) console.log(`  SLIPPED  ${area}: ${about}  (${file})`);
process.exit(slipped.length > 0 ? 1 : 0);

/** Everything that git knows or would add, so that changes of the work tree are included; node_modules by a link. */
async function makeCopy() {
  const folder = await mkdtemp(join(tmpdir(), 'leadwell-plant-'));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  for (const path of listed.split('\0').filter(Boolean))
    await cp(join(root, path), join(folder, path), { verbatimSymlinks: true }).catch(ignoreDeleted);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** A file that was deleted but not yet committed is still listed. */
function ignoreDeleted(error) {
  if (error.code !== 'ENOENT') throw error;
}

/** A test that is red without a fault proves nothing. On a busy machine one may miss a time limit once. */
async function expectGreen(tests) {
  let red = await run(tests);
  if (red.length > 0) red = await run(tests.filter((test) => red.includes(test)));
  if (red.length > 0) throw new Error(`Without any fault, these fail: ${red.join(', ')}`);
  console.log(`${tests.length} test files are green without a fault.\n`);
}

async function tryOne(plant) {
  const started = Date.now();
  const path = join(copy, plant.file);
  const before = await readFile(path, 'utf8');
  await writeFile(
    path,
    before.replace(plant.find, () => plant.replace),
  );
  let red;
  try {
    // The database of the running tests is already migrated.
    red = plant.file.endsWith('.sql') ? runApart(plant.tests) : await run(plant.tests, path);
  } finally {
    await writeFile(path, before);
    vitest.invalidateFile(path);
  }
  if (red.length === 0) slipped.push(plant);
  const seconds = String(Math.round((Date.now() - started) / 1000)).padStart(4);
  console.log(`${red.length > 0 ? 'caught ' : 'SLIPPED'} ${seconds} s  ${plant.area}: ${plant.about}`);
}

/** Runs these test files and returns the names of what failed. */
async function run(tests, changed) {
  if (changed) vitest.invalidateFile(changed);
  const specifications = await vitest.globTestSpecifications(tests.map((test) => join(copy, test)));
  if (specifications.length < tests.length) throw new Error(`Not all of these are test files: ${tests.join(', ')}`);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const failed = testModules.filter((module) => !module.ok());
  const broken = failed
    .flatMap((module) => module.errors())
    .find(({ message }) => /transform|SyntaxError/i.test(message));
  if (broken) throw new Error(`A plant is no longer a program: ${broken.message}`);
  return [...failed.map((module) => module.relativeModuleId), ...unhandledErrors.map(String)];
}

function runApart(tests) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...tests], {
    cwd: copy,
    stdio: 'ignore',
  });
  return status === 0 ? [] : tests;
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

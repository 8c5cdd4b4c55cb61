#!/usr/bin/env node
// Proves that the tests notice faults: plants the faults of server/test/plants one at a time into a copy of this work
// tree, runs the tests that should notice each, and lists every fault that slipped through. Arguments select areas, or
// faults whose description contains the word:
//   npm run plant -- sessions cookie
import { spawnSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import { copyWorkTree } from './copy-work-tree.js';
import { readPlants, readTest } from './read-plants.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const words = process.argv.slice(2).map((word) => word.toLowerCase());
const all = await readPlants(root);
const areas = new Set(all.map(({ area }) => area));
const plants = all.filter(({ area, about }) => {
  const isMeant = (word) => (areas.has(word) ? area === word : about.toLowerCase().includes(word));
  return words.length === 0 || words.some(isMeant);
});
if (plants.length === 0) fail('There is no such plant.');
for (const { problem } of plants) if (problem) fail(problem);

const copy = await copyWorkTree(root, 'plant');
process.chdir(copy);
// A timeout of a test or a connection may be due to a busy machine, so it proves nothing, and tests get plenty of time.
const PATIENCE_MS = 90_000;
const provesNothing = /^(Test|Hook) timed out in |due to connection timeout$|^timeout exceeded when trying to connect$/;
// Isolated, so that no run uses modules loaded by an earlier one.
const options = { root: copy, watch: false, bail: 1, isolate: true, testTimeout: PATIENCE_MS, reporters: [{}] };
const vitest = await createVitest('test', options);
for (const { config } of vitest.projects) config.hookTimeout = PATIENCE_MS;
const slipped = [];
/** Whether a selection of tests is green without a fault, by its words: a test may rely on others of its file. */
const greenAlone = new Map();
try {
  await expectGreen([...new Set(plants.flatMap(({ tests }) => tests))]);
  for (const plant of plants) await tryOne(plant);
} finally {
  await vitest.close();
  process.chdir(root);
  // A process that a test left behind may still be writing to the folder.
  await rm(copy, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
}
console.log(
  `\n${plants.length} faults planted, ${plants.length - slipped.length} caught, ${slipped.length} slipped through.`,
);
for (const { area, about, file } of slipped) console.log(`  SLIPPED  ${area}: ${about}  (${file})`);
process.exit(slipped.length > 0 ? 1 : 0);

/** A test that fails without a fault proves nothing. It may fail once, because a busy machine may make it time out. */
async function expectGreen(tests) {
  let red = await run(tests);
  if (red.length > 0) red = await run(tests.filter((test) => red.some(({ file }) => file === readTest(test).file)));
  if (red.length > 0) throw new Error(`Without any fault, these fail: ${red.map(told).join(', ')}`);
  console.log(`${filesOf(tests).size} test files are green without a fault.\n`);
}

async function tryOne(plant) {
  const started = Date.now();
  const path = join(copy, plant.file);
  const before = await readFile(path, 'utf8');
  await writeFile(
    path,
    before.replace(plant.find, () => plant.replace),
  );
  let red = [];
  let seen;
  let by = [];
  try {
    // The files run one by one, in the order of the catalogue, until one has noticed the fault.
    for (const tests of byFile(plant.tests)) {
      // The database for tests in this process is already migrated, so a changed migration needs a new process.
      red = plant.file.endsWith('.sql') ? await runApart(tests) : await run(tests, path);
      seen = red.find(({ message }) => !provesNothing.test(message));
      by = tests;
      if (seen) break;
    }
  } finally {
    await writeFile(path, before);
    vitest.invalidateFile(path);
  }
  const isProven = seen && (await isGreenAlone(by));
  if (!isProven) slipped.push(plant);
  const seconds = String(Math.round((Date.now() - started) / 1000)).padStart(4);
  console.log(`${isProven ? 'caught ' : 'SLIPPED'} ${seconds} s  ${plant.area}: ${plant.about}`);
  // The message shows whether the fault was noticed for what it does, or only because something broke.
  if (red[0])
    console.log(
      `                  ${isProven ? 'by' : seen ? 'but without the fault fails' : 'but for'} ${told(seen ?? red[0])}`,
    );
}

/** Whether these tests of one file pass on their own without a fault; whole files have been run before. */
async function isGreenAlone(tests) {
  if (tests.some((test) => readTest(test).words === undefined)) return true;
  const key = tests.join('\n');
  // A busy machine may make a test time out once.
  if (!greenAlone.has(key)) greenAlone.set(key, !(await run(tests)).length || !(await run(tests)).length);
  return greenAlone.get(key);
}

function told({ file, test, message }) {
  return `${file} > ${test}: ${message.split('\n')[0]}`;
}

/** The test files, each with a pattern for the names of the tests to run, or undefined for all tests of the file. */
function filesOf(tests) {
  const files = new Map();
  for (const { file, words } of tests.map(readTest)) files.set(file, [...(files.get(file) ?? []), words]);
  for (const [file, words] of files)
    files.set(file, words.includes(undefined) ? undefined : new RegExp(words.map(escaped).join('|')));
  return files;
}

/** The tests grouped by file, in the order in which the files are first mentioned. */
function byFile(tests) {
  const files = new Set(tests.map((test) => readTest(test).file));
  return [...files].map((file) => tests.filter((test) => readTest(test).file === file));
}

/** Escapes the text for use in a pattern. */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Runs these tests and returns those that failed: file, name and message. */
async function run(tests, changed) {
  if (changed) vitest.invalidateFile(changed);
  const files = filesOf(tests);
  const specifications = await vitest.globTestSpecifications([...files.keys()].map((file) => join(copy, file)));
  if (specifications.length < files.size) throw new Error(`Not all of these are test files: ${tests.join(', ')}`);
  for (const one of specifications) one.testNamePattern = files.get(relative(copy, one.moduleId));
  // Otherwise failures of an earlier run would be reported for this one.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const failed = testModules.filter((module) => !module.ok());
  const broken = failed
    .flatMap((module) => module.errors())
    .find(({ message }) => /transform|SyntaxError/i.test(message));
  if (broken) throw new Error(`A plant is no longer a program: ${broken.message}`);
  const idle = testModules.filter(isIdle);
  if (failed.length === 0 && idle.length > 0) throw new Error(`No test there has such a name: ${tests.join(', ')}`);
  return [...failed.flatMap(failuresOf), ...unhandledErrors.map((error) => failure('', '', [error]))];
}

function isIdle(module) {
  return [...module.children.allTests()].every((test) => test.result().state === 'skipped');
}

function failuresOf(module) {
  const file = module.relativeModuleId;
  const tests = [...module.children.allTests('failed')];
  if (tests.length === 0) return [failure(file, '', module.errors())];
  return tests.map((test) => failure(file, test.fullName, test.result().errors));
}

function failure(file, test, errors) {
  return { file, test, message: String(errors[0]?.message ?? 'no message') };
}

/** Like `run`, but in a separate process, which migrates a database of its own. */
async function runApart(tests) {
  const files = filesOf(tests);
  const names = [...files.values()];
  const pattern = names.includes(undefined) ? '' : names.map(({ source }) => source).join('|');
  const report = join(copy, 'report.json');
  const limits = ['--bail=1', `--testTimeout=${PATIENCE_MS}`, `--hookTimeout=${PATIENCE_MS}`];
  const reporting = ['--reporter=json', `--outputFile=${report}`, ...(pattern ? ['-t', pattern] : [])];
  const program = join(root, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [program, 'run', ...files.keys(), ...limits, ...reporting], {
    cwd: copy,
    stdio: 'ignore',
  });
  if (status === 0) return [];
  const found = JSON.parse(await readFile(report, 'utf8').catch(() => '{"testResults":[]}'));
  await rm(report, { force: true });
  const failed = found.testResults.flatMap(({ name: file, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    const errors = tests.map((test) => failure(relative(copy, file), test.fullName, toErrors(test.failureMessages)));
    return errors.length > 0 || !message ? errors : [failure(relative(copy, file), '', toErrors([message]))];
  });
  if (failed.length === 0) throw new Error('A plant is no longer a program: the tests did not start.');
  return failed;
}

/** Removes the kind of error from messages. */
function toErrors(messages) {
  return messages.map((message) => ({ message: message.replace(/^\w*Error: /, '') }));
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

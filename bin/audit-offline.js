#!/usr/bin/env node
// Checks the entry of every package in package-lock.json without using the network: a strong checksum, the public
// registry, a licence that we may ship, and no install script except those that package.json allows. Packages that are
// new since the last commit must also be a week old, for which the registry is queried; `--no-ages` skips that check.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const REGISTRY = 'https://registry.npmjs.org/';
const MOST_IN_PRODUCTION = 120;
const DAY_MS = 86_400_000;
const licences = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
]);

const args = process.argv.slice(2);
const folder = args.find((arg) => !arg.startsWith('--')) ?? fileURLToPath(new URL('..', import.meta.url));
const lock = readJson('package-lock.json');
const { allowScripts = {} } = readJson('package.json');
const packages = packagesOf(lock);
const faults = [...packages.flatMap(faultsOf), ...countFaults()];

console.log(`${packages.length} packages: checksums, registry, licences and install scripts compared.`);
if (!args.includes('--no-ages')) faults.push(...ageFaults());
for (const fault of faults) console.log(`  error ${fault}`);
process.exitCode = faults.length > 0 ? 1 : 0;

function readJson(name) {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

/** Every installed package; the `name` of an alias is the package's real name. */
function packagesOf({ packages: entries }) {
  return Object.entries(entries)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({ ...entry, name: entry.name ?? path.replace(/^.*node_modules\//, '') }));
}

function faultsOf({ name, version, integrity, resolved, link, license, hasInstallScript }) {
  const at = `${name}@${version}`;
  const found = [];
  if (link) found.push(`${at} is a link into another folder`);
  if (!/^sha512-[\w+/]{86}==$/.test(integrity ?? '')) found.push(`${at} has no SHA-512 checksum`);
  if (resolved !== tarballOf(name, version)) found.push(`${at} comes from ${resolved ?? 'nowhere'}`);
  if (!isAllowed(license ?? '')) found.push(`${at} has the licence ${license ?? '(none)'}`);
  if (hasInstallScript && allowScripts[name] === undefined) found.push(`${at} has an install script`);
  return found;
}

/** The address of a package in the public registry. npm replaces its host with that of the configured registry. */
function tarballOf(name, version) {
  return `${REGISTRY}${name}/-/${name.replace(/^@[^/]+\//, '')}-${version}.tgz`;
}

/** Checks an SPDX expression without nested parentheses: one licence of an OR must be allowed, or all of an AND. */
function isAllowed(expression) {
  return expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((name) => licences.has(name.trim())));
}

function countFaults() {
  const production = packages.filter(({ dev, optional, devOptional }) => !dev && !optional && !devOptional).length;
  return production <= MOST_IN_PRODUCTION
    ? []
    : [`production needs ${production} packages, more than ${MOST_IN_PRODUCTION}`];
}

/** Packages that are new since the last commit and younger than .npmrc demands. */
function ageFaults() {
  const days = Number(/^min-release-age=(\d+)$/m.exec(readFileSync(join(folder, '.npmrc'), 'utf8'))?.[1]);
  if (!days) return ['.npmrc has no min-release-age'];
  const before = new Set(committed().map(({ name, version }) => `${name}@${version}`));
  const changed = packages.filter(({ name, version }) => !before.has(`${name}@${version}`));
  if (changed.length === 0) console.log('No package has changed since the last commit, so no ages need to be checked.');
  return changed.flatMap(({ name, version }) => {
    const published = publishedAt(name, version);
    if (published === undefined) {
      console.log(`The age of ${name}@${version} was not checked: the registry did not provide it.`);
      return [];
    }
    const age = Math.floor((Date.now() - published) / DAY_MS);
    return age >= days ? [] : [`${name}@${version} is ${age} days old, not ${days}`];
  });
}

function committed() {
  try {
    const git = ['show', 'HEAD:./package-lock.json'];
    return packagesOf(
      JSON.parse(execFileSync('git', git, { cwd: folder, maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] })),
    );
  } catch {
    console.log('There is no commit to compare with, so no age was checked.');
    return packages;
  }
}

function publishedAt(name, version) {
  try {
    const asked = ['view', name, 'time', '--json'];
    const times = JSON.parse(
      execFileSync('npm', asked, { cwd: folder, timeout: 15_000, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    return times[version] && Date.parse(times[version]);
  } catch {
    return undefined;
  }
}

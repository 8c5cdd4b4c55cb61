#!/usr/bin/env node
// Checks the import rules of .dependency-cruiser.cjs, import cycles between folders, the number of files in a folder,
// and that the server does not use the globals that send requests.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'dependency-cruiser';

const most = 30;
/** Folders of recorded exchanges, and a vendor's own folder, may contain many files of one kind. */
const exempt = /\/exchanges$|^server\/src\/dialects\/(?!mount$|conformance$)[^/]+$/;

const depcruise = fileURLToPath(new URL('../node_modules/.bin/depcruise', import.meta.url));
const cruised = execFileSync(
  depcruise,
  ['server/src', 'web', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  { maxBuffer: 1 << 28, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
);
const result = JSON.parse(cruised);
const { output, exitCode } = await format(result, { outputType: 'err' });
const isSource = (path) => /^(server|web)\/src\/.*\.tsx?$/.test(path) && !/\.(test|d)\.tsx?$/.test(path);
const files = result.modules.filter(({ source }) => isSource(source));
const faults = [
  ...foldersOf(files).flatMap((folder) => circlesIn(folder, files)),
  ...piles(files),
  ...files.flatMap(({ source }) => waysOut(source)),
];

process.stdout.write(output);
for (const fault of faults) process.stdout.write(`  error ${fault}\n`);
process.exitCode = exitCode > 0 || faults.length > 0 ? 1 : 0;

/** Every folder with source files, at any depth. */
function foldersOf(modules) {
  const folders = modules.flatMap(({ source }) => {
    const steps = source.split('/').slice(0, -1);
    return steps.map((_, at) => steps.slice(0, at + 1).join('/'));
  });
  return [...new Set(folders)].sort();
}

/**
 * Import cycles between this folder's subfolders. Files directly in the folder assemble these, so they may import any.
 */
function circlesIn(parent, modules) {
  const depth = parent.split('/').length;
  const childOf = (path) => {
    const steps = path.split('/');
    return path.startsWith(`${parent}/`) && steps.length > depth + 1 ? steps[depth] : undefined;
  };
  const imports = new Map();
  for (const { source, dependencies } of modules)
    for (const { resolved } of dependencies.filter((dependency) => isSource(dependency.resolved))) {
      const [from, to] = [childOf(source), childOf(resolved)];
      if (from === undefined || to === undefined || from === to) continue;
      imports.set(from, (imports.get(from) ?? new Map()).set(to, `${source} -> ${resolved}`));
    }
  const circles = new Map();
  for (const start of imports.keys()) {
    const members = [...reachable(start, imports)].filter((other) => reachable(other, imports).has(start)).sort();
    if (members.length > 1) circles.set(members.join(', '), members);
  }
  return [...circles.values()].map((members) => {
    const links = members.flatMap((from) =>
      members.flatMap((to) => (imports.get(from)?.has(to) ? [`    ${imports.get(from).get(to)}`] : [])),
    );
    return `no-circles-between-folders: ${parent}: ${members.join(', ')}\n${links.join('\n')}`;
  });
}

/** Every folder reachable through imports; includes the starting folder only if there is a cycle. */
function reachable(start, imports) {
  const found = new Set();
  const open = [start];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop())
    for (const next of imports.get(folder)?.keys() ?? [])
      if (!found.has(next)) {
        found.add(next);
        open.push(next);
      }
  return found;
}

/** Folders with too many files. */
function piles(modules) {
  const counts = new Map();
  for (const { source } of modules) {
    const folder = source.slice(0, source.lastIndexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > most && !exempt.test(folder))
    .map(([folder, count]) => `no-piles: ${folder}: ${count} files`);
}

/** Ways to send requests that need no import. They are forbidden because they do not check where a request goes. */
function waysOut(source) {
  if (!source.startsWith('server/src/')) return [];
  const code = readFileSync(source, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found =
    /(?<!sec-)\b(fetch|WebSocket|EventSource|XMLHttpRequest|getBuiltinModule)\b|createRequire\([\w.]+\)\(/.exec(code);
  return found ? [`one-way-out: ${source}: ${found[0]}`] : [];
}

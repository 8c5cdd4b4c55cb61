import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../src/platform/project-root.ts';

let built: Promise<string> | undefined;

/** The folder of the built web app, built first if it is older than its sources. Only one process builds at a time. */
export function builtWeb(): Promise<string> {
  built ??= promisify(execFile)(process.execPath, [join(projectRoot(), 'bin/build-web.js')]).then(() =>
    join(projectRoot(), 'dist/web'),
  );
  return built;
}

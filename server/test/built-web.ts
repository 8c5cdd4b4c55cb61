import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../src/platform/project-root.ts';

let built: Promise<string> | undefined;

/** The folder of the web app as it is now: built first when it is older than its sources. One process builds at a time. */
export function builtWeb(): Promise<string> {
  built ??= promisify(execFile)(process.execPath, [join(projectRoot(), 'bin/build-web.js')]).then(() =>
    join(projectRoot(), 'dist/web'),
  );
  return built;
}

import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Copies everything that git knows or would add, so that changes of the work tree are included, into a new temporary
 * folder; `node_modules` by a link. Returns the folder, which the caller removes.
 */
export async function copyWorkTree(root, name) {
  const folder = await mkdtemp(join(tmpdir(), `leadwell-${name}-`));
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

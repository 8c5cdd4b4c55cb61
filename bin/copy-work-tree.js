import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Copies all files that git tracks or would add, with their uncommitted changes, into a new temporary folder.
 * `node_modules` becomes a link. Returns the folder, which the caller removes.
 */
export async function copyWorkTree(root, name) {
  const folder = await mkdtemp(join(tmpdir(), `leadwell-${name}-`));
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' });
  for (const path of listed.split('\0').filter(Boolean))
    await cp(join(root, path), join(folder, path), { verbatimSymlinks: true }).catch(ignoreDeleted);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Git still lists a file that was deleted but whose deletion is not committed. */
function ignoreDeleted(error) {
  if (error.code !== 'ENOENT') throw error;
}

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../src/platform/project-root.ts';

interface Plant {
  area: string;
  about: string;
  problem?: string;
}

test('every fault that `npm run plant` plants still applies, and has a test that should detect it', async () => {
  const { readPlants } = (await import(join(projectRoot(), 'bin', 'read-plants.js'))) as {
    readPlants(root: string): Promise<Plant[]>;
  };
  const plants = await readPlants(projectRoot());
  expect(plants.flatMap(({ problem }) => problem ?? [])).toEqual([]);
  const names = plants.map(({ area, about }) => `${area}: ${about}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(plants.length).toBeGreaterThan(100);
});

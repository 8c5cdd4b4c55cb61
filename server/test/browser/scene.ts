import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { openBrowser } from '../browser.ts';
import { client, testWorld, type World } from '../world.ts';

/** A world, a signed-in member, and a browser whose visits end with their test. */
export interface Scene {
  world: World;
  /** The signed-in member's cookie. */
  cookie: string;
  /** A client with a token that has every scope. */
  ask: ReturnType<typeof client>;
  visit: Awaited<ReturnType<typeof openBrowser>>['visit'];
}

/** Timeout for actions on a page in ms; shorter than a test's, so that the error says what did not appear. */
const PAGE_TIMEOUT_MS = 10_000;

/** Prepares the scene; call it at the top of a test file. */
export async function openScene(who: Parameters<World['member']>[0]): Promise<Scene> {
  const world = await testWorld();
  const browser = await openBrowser(world);
  return {
    world,
    cookie: await world.signIn(await world.member(who)),
    ask: client(world, world.tokens.get('native')),
    visit: async (options) => {
      const screen = await browser.visit(options);
      screen.page.setDefaultTimeout(PAGE_TIMEOUT_MS);
      return screen;
    },
  };
}

export const HOUR = 3_600_000;
export const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();

/** Polls until the expectation holds. */
export const poll = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 10_000, interval: 100 });

/** Holds requests to an address until the returned function is called. */
export async function hold(page: Page, address: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(address, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

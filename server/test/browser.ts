import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { poll } from '../src/platform/time/wait.ts';
import { builtWeb } from './built-web.ts';
import type { World } from './world.ts';

/** The window sizes that every screen is tested in. */
export const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

const everyLook = [
  ['desktop', 'light'],
  ['phone', 'dark'],
  ['desktop', 'dark'],
  ['phone', 'light'],
] as const;

/**
 * The sizes and themes in which a screen is checked for accessibility: each size and each theme once, or every
 * combination with LOOKS=all, which takes two minutes longer.
 */
export const looks = process.env['LOOKS'] === 'all' ? everyLook : everyLook.slice(0, 2);

interface Visit {
  size?: keyof typeof sizes;
  theme?: 'light' | 'dark';
  /** The cookie of a signed-in member: `name=value`. */
  cookie?: string | undefined;
}

/** A page in a real browser, with the errors that occurred on it. */
export interface Screen {
  page: Page;
  context: BrowserContext;
  /** Opens a path below /app and waits until the app has loaded. */
  open(path: string): Promise<void>;
  /** Goes on to another path, as a link would, and waits until it has loaded: much faster than opening it anew. */
  goTo(path: string): Promise<void>;
  /** Asserts that there were no errors, no violations of the page's content policy, and no requests to other hosts. */
  expectNoComplaints(): void;
}

/** Opens one browser for a test file, on the world's server. It closes with the file, and each visit with its test. */
export async function openBrowser(world: World): Promise<{ visit(options?: Visit): Promise<Screen>; origin: string }> {
  await builtWeb();
  const origin = await world.app.listen({ host: '127.0.0.1', port: 0 });
  const browser = await launch();
  world.beforeClose(() => browser.close());
  return { origin, visit: (options) => visit(browser, origin, options ?? {}) };
}

/** Starts Chromium without this build's default arguments, which disable separate processes and the content policy. */
async function launch(): Promise<Browser> {
  sparticuz.setGraphicsMode = false;
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? (await sparticuz.executablePath()),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, HOME: tmpdir() },
  });
}

async function visit(browser: Browser, origin: string, { size = 'desktop', theme = 'light', cookie }: Visit) {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: sizes[size],
    colorScheme: theme,
    hasTouch: size === 'phone',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const [name = '', ...value] = (cookie ?? '').split('=');
  if (cookie)
    await context.addCookies([{ name, value: value.join('='), url: origin, httpOnly: true, sameSite: 'Lax' }]);
  // A page that stays open would follow every change that later tests make.
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints = listen(page, origin);
  const isQuiet = watchRequests(page);
  return {
    page,
    context,
    open: async (path: string) => {
      await page.goto(`/app${path}`);
      await page.locator('h1').first().waitFor();
    },
    goTo: async (path: string) => {
      await page.evaluate(`history.pushState(null, '', ${JSON.stringify(`/app${path}`)})`);
      let quiet = 0;
      await expect
        .poll(() => {
          quiet = isQuiet() ? quiet + 1 : 0;
          return quiet;
        }, QUIET)
        .toBeGreaterThan(3);
      await page.locator('h1').first().waitFor();
    },
    expectNoComplaints: () => expect(complaints).toEqual([]),
  };
}

/** Between a part of the app and the requests that it makes, nothing may be loading for a moment. */
const QUIET = { interval: 40, timeout: 20_000 };

/** Whether the page is waiting for nothing but the stream of changes, which never ends. */
function watchRequests(page: Page): () => boolean {
  const open = new Set<Request>();
  page.on('request', (request) => request.resourceType() !== 'eventsource' && open.add(request));
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return () => open.size === 0;
}

/** Collects errors. Violations of the content policy appear on the console. */
function listen(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.text(), message.location().url))
      complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:') && !url.startsWith('blob:'))
      complaints.push(`asked ${url}`);
  });
  return complaints;
}

/** `/v1/me` answers 401 when nobody is signed in. The browser logs that, but it is not an error. */
function isExpected(text: string, url: string): boolean {
  return text.includes('401') && url.endsWith('/v1/me');
}

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * A summary of the page's accessibility violations (WCAG 2.2 A and AA, and axe's best practices). Elements dimmed while
 * loading or saving are checked again once they settle.
 */
export async function axe(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  if (!isThere) await page.evaluate(await readFile(axeFile, 'utf8'));
  let found: string[] = [];
  const clean = async () => {
    found = await breaches(page);
    return found.length === 0 ? true : undefined;
  };
  await poll(clean, 3_000, 250);
  return found;
}

/** Only violations leave the page: what passes is a thousand times as much, and takes longer to send than to find. */
async function breaches(page: Page): Promise<string[]> {
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: object): Promise<{
          violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
        }>;
      };
    };
    // No rule that we use reads stylesheets, so they need not be loaded again.
    const found = await axe.run({ resultTypes: ['violations'], preload: { assets: ['media'] } });
    return found.violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
    }));
  });
  return violations
    .filter(isOurs)
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
}

/**
 * The landmark rule does not apply to menus, options and toasts: they are outside the landmarks but have roles of their
 * own.
 */
function isOurs({ id, nodes }: { id: string; nodes: { html: string }[] }): boolean {
  return id !== 'region' || nodes.some(({ html }) => !/^<div (data-portal|.*role="presentation")/.test(html));
}

/** Saves a screenshot to look at, if SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

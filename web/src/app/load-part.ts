const PAUSE_MS = 600;
/** Key of the time of the last reload: a broken file on the server must not make the page reload for ever. */
const RELOADED = 'leadwell.reloaded';
const BETWEEN_RELOADS_MS = 30_000;

/** The fields that somebody has typed into. */
const typedIn = new WeakSet<EventTarget>();
document.addEventListener(
  'input',
  ({ target }) => {
    if (target) typedIn.add(target);
  },
  { capture: true },
);

/** Whether a reload could lose text that somebody has typed. */
function hasText(): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
  return fields.some((field) => typedIn.has(field) && field.value !== '' && field.type !== 'search');
}

/**
 * Loads a part of the app that is not in the first bundle; tries twice. Most browsers never request a failed
 * script again, and after an upgrade its file has another name. So if both attempts fail but the server can be
 * reached, the page is reloaded, but not over typed text unless somebody `asked` for it.
 */
export async function loadPart<Module>(load: () => Promise<Module>, asked = false): Promise<Module> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    await loadStylesAgain();
  }
  try {
    return await load();
  } catch (error) {
    if (!(await isThere()) || (hasText() && !asked) || !mayReload()) throw error;
    location.reload();
    return new Promise(() => {});
  }
}

/** Whether the server can be reached and serves the scripts of its page. */
async function isThere(): Promise<boolean> {
  try {
    const page = await (await fetch('/app/', { cache: 'no-store' })).text();
    const script = /src="([^"]+[.]js)"/.exec(page.slice(page.indexOf('type="module"')))?.[1];
    return script !== undefined && (await fetch(script, { cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

function mayReload(): boolean {
  const last = Number(sessionStorage.getItem(RELOADED));
  if (Date.now() - last < BETWEEN_RELOADS_MS) return false;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  return true;
}

/**
 * Reloads failed stylesheets: a script is loaded only together with its styles, and browsers do not fetch those again.
 */
async function loadStylesAgain(): Promise<void> {
  const failed = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].filter(
    ({ sheet }) => sheet === null,
  );
  await Promise.all(
    failed.map(
      (link) =>
        new Promise<void>((resolve) => {
          const again = link.cloneNode() as HTMLLinkElement;
          again.onload = again.onerror = () => resolve();
          link.replaceWith(again);
        }),
    ),
  );
}

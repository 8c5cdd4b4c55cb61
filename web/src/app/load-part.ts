const PAUSES_MS = [400, 1200];

/**
 * Loads a part of the app that is not in the first bundle. Tries a few times; if the server has another build by now,
 * whose files have other names, reloads the page.
 */
export async function loadPart<Module>(load: () => Promise<Module>): Promise<Module> {
  for (const pause of PAUSES_MS) {
    try {
      return await load();
    } catch {
      if (await isOtherBuild()) {
        location.reload();
        return new Promise(() => {});
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
      await loadStylesAgain();
    }
  }
  return load();
}

/** Whether the server's page starts with another script than this one; false if it cannot be asked. */
async function isOtherBuild(): Promise<boolean> {
  const own = document.querySelector<HTMLScriptElement>('script[type="module"][src*="/assets/"]');
  if (!own) return false;
  try {
    const answer = await fetch('/app/', { cache: 'no-store' });
    return answer.ok && !(await answer.text()).includes(new URL(own.src).pathname);
  } catch {
    return false;
  }
}

/** A script is loaded only together with its styles, and browsers do not fetch failed ones again by themselves. */
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

// Sets the theme before anything is painted. A file of its own: the page's policy allows no script within the page.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('leadwell.theme');
  } catch {
    // Storage may be closed to pages; the system's theme is used then.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();

/** The country and time zone that the browser suggests. */
export function browserLocale(): { region: string | undefined; time_zone: string } {
  return {
    region: regionOf(navigator.language),
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
}

/** The country of a language tag. Some systems report tags that are not valid (en-US@posix). */
function regionOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).maximize().region;
  } catch {
    return undefined;
  }
}

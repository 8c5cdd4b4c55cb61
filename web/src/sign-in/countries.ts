/** An option of Mantine's selects. */
export interface Choice {
  value: string;
  label: string;
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Region codes that are not countries. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']);

/** Every country that the browser has a name for. */
export function countries(): Choice[] {
  const names = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'none' });
  const codes = letters.flatMap((one) => letters.map((two) => one + two));
  return codes
    .filter((code) => !notCountries.has(code) && new Intl.Locale(`und-${code}`).toString() === `und-${code}`)
    .flatMap((value) => {
      const label = names.of(value);
      return label ? [{ value, label }] : [];
    })
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** Every currency with its code. */
export function currencies(): Choice[] {
  const names = new Intl.DisplayNames(undefined, { type: 'currency' });
  return Intl.supportedValuesOf('currency').map((value) => ({ value, label: `${value} – ${names.of(value)}` }));
}

/** Every time zone. */
export function timeZones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
}

/** The country and time zone that the browser suggests. */
export function here(): { region: string | undefined; time_zone: string } {
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

import { fold } from '../../platform/fold/fold.ts';

/** Time zones of the states and larger cities in countries that have several zones: zone, states, cities. */
const places: readonly (readonly [zone: string, states: string, cities: string])[] = [
  [
    'America/New_York',
    'CT|Connecticut|DC|District of Columbia|DE|Delaware|GA|Georgia|MA|Massachusetts|MD|Maryland|ME|Maine|NC|North Carolina|NH|New Hampshire|NJ|New Jersey|NY|OH|Ohio|PA|Pennsylvania|RI|Rhode Island|SC|South Carolina|VA|Virginia|VT|Vermont|WV|West Virginia',
    'Atlanta|Baltimore|Boston|Brooklyn|Buffalo|Charlotte|Cincinnati|Cleveland|Detroit|Jacksonville|Miami|New York City|Orlando|Philadelphia|Pittsburgh|Raleigh|Tampa|Washington',
  ],
  [
    'America/Chicago',
    'AL|Alabama|AR|Arkansas|IA|Iowa|IL|Illinois|LA|Louisiana|MN|Minnesota|MO|Missouri|MS|Mississippi|OK|Oklahoma|WI|Wisconsin',
    'Austin|Dallas|Fort Worth|Houston|Kansas City|Memphis|Milwaukee|Minneapolis|Nashville|New Orleans|Oklahoma City|Omaha|San Antonio|St. Louis|Saint Louis',
  ],
  ['America/Denver', 'CO|Colorado|MT|Montana|NM|New Mexico|UT|Utah|WY|Wyoming', 'Albuquerque|El Paso|Salt Lake City'],
  ['America/Phoenix', '', 'Mesa|Scottsdale|Tucson'],
  [
    'America/Los_Angeles',
    'CA|California|NV|Nevada|WA|Washington State',
    'Las Vegas|Oakland|Portland|Sacramento|San Diego|San Francisco|San Jose|Seattle',
  ],
  ['Pacific/Honolulu', 'HI|Hawaii', ''],
  ['America/Vancouver', 'BC|British Columbia', 'Victoria'],
  ['America/Edmonton', 'AB|Alberta', 'Calgary'],
  ['America/Regina', 'SK|Saskatchewan', 'Saskatoon'],
  ['America/Winnipeg', 'MB|Manitoba', ''],
  ['America/Toronto', '', 'Hamilton|Mississauga|Montreal|Ottawa|Quebec'],
  ['America/Halifax', 'NS|Nova Scotia|NB|New Brunswick|PE|Prince Edward Island', ''],
  ['Australia/Sydney', 'NSW|New South Wales|ACT|Australian Capital Territory', 'Canberra|Newcastle|Wollongong'],
  ['Australia/Melbourne', 'VIC|Victoria', 'Geelong'],
  ['Australia/Hobart', 'TAS|Tasmania', ''],
  ['Australia/Brisbane', 'QLD|Queensland', 'Cairns|Gold Coast'],
  ['Australia/Adelaide', 'SA|South Australia', ''],
  ['Australia/Perth', 'WA|Western Australia', ''],
  ['Australia/Darwin', 'NT|Northern Territory', ''],
  [
    'America/Sao_Paulo',
    'SP|RJ|MG|ES|PR|SC|RS|GO|DF|Rio de Janeiro|Minas Gerais|Paraná|Santa Catarina|Rio Grande do Sul|Goiás',
    'Belo Horizonte|Brasilia|Campinas|Curitiba|Florianópolis|Goiânia|Porto Alegre|Rio de Janeiro',
  ],
  ['America/Mexico_City', 'CDMX|Jalisco', 'Guadalajara|León|Puebla|Mexico'],
  ['Europe/Moscow', '', 'Kazan|Nizhny Novgorod|Rostov-on-Don|Saint Petersburg|St. Petersburg'],
  ['Asia/Jakarta', '', 'Bandung|Medan|Semarang|Surabaya'],
  ['Asia/Makassar', 'Bali', 'Denpasar'],
];

const byState = new Map<string, string[]>();
const byCity = new Map<string, string[]>();

function learn(known: Map<string, string[]>, names: string, zone: string): void {
  for (const name of names.split('|').filter(Boolean)) known.set(fold(name), [...(known.get(fold(name)) ?? []), zone]);
}

for (const [zone, states, cities] of places) {
  learn(byState, states, zone);
  learn(byCity, cities, zone);
}

/**
 * The zones, out of a country's, in which a city or state lies; empty if unknown. A city after which a zone is named is
 * always known.
 */
export function zonesOfPlace(
  { city, state }: { city?: string | null | undefined; state?: string | null | undefined },
  zones: readonly string[],
): string[] {
  const wanted = city ? fold(city) : '';
  const own = zones.filter((zone) => wanted !== '' && fold(cityOf(zone)) === wanted);
  const known = own.length > 0 ? own : (byCity.get(wanted) ?? []).filter((zone) => zones.includes(zone));
  if (known.length > 0) return known;
  return (state ? (byState.get(fold(state)) ?? []) : []).filter((zone) => zones.includes(zone));
}

/** Turns `America/Los_Angeles` into `Los Angeles`. */
function cityOf(zone: string): string {
  return (zone.split('/').at(-1) ?? '').replaceAll('_', ' ');
}

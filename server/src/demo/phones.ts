/** A sample person's phone in E.164 and in national style. */
export interface SamplePhone {
  phone: string;
  sent: string;
  callingCode: string;
  /** Without country code and leading zero. */
  national: string;
}

/** Numbers that authorities reserve for films and examples and never assign to anybody. */
interface Range {
  callingCode: string;
  /** The fixed digits before the free ones. */
  start: string;
  free: number;
  /** National style; `#` stands for the free digits. */
  style: (free: string) => string;
}

const british = [
  '113496',
  '114496',
  '116496',
  '117496',
  '118496',
  '121496',
  '131496',
  '141496',
  '151496',
  '161496',
  '191498',
];
const americanAreas = [
  '201 202 203 205 206 207 208 209 210 212 213 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253',
  '254 256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 310 312 313 314 315 316 317 318 319 320 321 323',
  '325 330 334 336 337 339 347 351 352 360 361 386 401 402 404 405 406 407 408 409 410 412 413 414 415 417 419 423 424',
  '425 432 434 435 440 443 469 478 479 480 484 501 502 503 504 505 507 508 509 510 512 513 515 516 517 518 520 530 540',
].flatMap((line) => line.split(' '));

const gb: readonly Range[] = [
  { callingCode: '44', start: '2079460', free: 3, style: (free) => `020 7946 0${free}` },
  ...british.map((start) => ({
    callingCode: '44',
    start: `${start}0`,
    free: 3,
    style: (free: string) => `0${start.slice(0, 3)} ${start.slice(3)} 0${free}`,
  })),
  { callingCode: '44', start: '2920180', free: 3, style: (free) => `029 2018 0${free}` },
  { callingCode: '44', start: '2896496', free: 3, style: (free) => `028 9649 6${free}` },
];
const us: readonly Range[] = americanAreas.map((area) => ({
  callingCode: '1',
  start: `${area}55501`,
  free: 2,
  style: (free) => `(${area}) 555-01${free}`,
}));
const de: readonly Range[] = [
  { callingCode: '49', start: '3023125', free: 3, style: (free) => `030 23125${free}` },
  { callingCode: '49', start: '6990009', free: 3, style: (free) => `069 90009${free}` },
  { callingCode: '49', start: '4066969', free: 3, style: (free) => `040 66969${free}` },
  { callingCode: '49', start: '2214710', free: 3, style: (free) => `0221 4710${free}` },
  { callingCode: '49', start: '8999998', free: 3, style: (free) => `089 99998${free}` },
];
const fr: readonly Range[] = ['19900', '26191', '35301', '46571', '53649'].map((start) => ({
  callingCode: '33',
  start,
  free: 4,
  style: (free) => `0${start[0]} ${start.slice(1, 3)} ${start.slice(3)} ${free.slice(0, 2)} ${free.slice(2)}`,
}));
const au: readonly Range[] = ['25550', '27010', '35550', '37010', '75550', '77010', '85550', '87010'].map((start) => ({
  callingCode: '61',
  start,
  free: 4,
  style: (free) => `0${start[0]} ${start.slice(1)} ${free}`,
}));

/** Ranges of reserved numbers by country. */
const ranges = { GB: gb, US: us, DE: de, FR: fr, AU: au } as const;
export type DemoCountry = keyof typeof ranges;

/** The nth number of a country; undefined when they are used up. */
export function phoneAt(country: DemoCountry, nth: number): SamplePhone | undefined {
  const all: readonly Range[] = ranges[country];
  // Ranges take turns, so that even a few people appear to live in many places.
  const range = all[nth % all.length] as Range;
  const within = Math.floor(nth / all.length);
  const size = 10 ** range.free;
  if (within >= size) return undefined;
  return numberIn(range, String((within * 37 + 11) % size).padStart(range.free, '0'));
}

/** For large numbers of people: numbers of the US exchange 555, which has no subscribers. */
export function sparePhoneAt(nth: number): SamplePhone {
  const area = americanAreas[nth % americanAreas.length] ?? '212';
  const line = (Math.floor(nth / americanAreas.length) * 37 + 11) % 9_800;
  const range = { callingCode: '1', start: `${area}555`, free: 4, style: (free: string) => `(${area}) 555-${free}` };
  return numberIn(range, String(line + 200).padStart(4, '0'));
}

function numberIn({ callingCode, start, style }: Range, free: string): SamplePhone {
  const national = start + free;
  return { phone: `+${callingCode}${national}`, sent: style(free), callingCode, national };
}

/**
 * The rules for folding texts, as data: `fold.ts` applies them here, and `fold-sql.ts` turns them into SQL for
 * PostgreSQL. A change needs a migration with the new SQL that folds the stored texts again.
 */

/** A range of code points, both ends included. */
export type Range = readonly [first: number, last: number];

/** Invisible characters: controls, soft hyphen, joiners, text direction, variation selectors, fillers, tags. */
export const invisible: readonly Range[] = [
  [0x0, 0x8],
  [0xe, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0x1bca0, 0x1bca3],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
];

/** Characters that separate words. */
export const blanks: readonly Range[] = [
  [0x9, 0xd],
  [0x20, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

/** Replacements that involve two letters; applied after `cases`. */
export const pairs: readonly (readonly [from: string, to: string])[] = [
  ['ß', 'ss'],
  // The combining dot that remains when a Turkish dotted capital I is lower-cased.
  ['i\u0307', 'i'],
];

/**
 * What each letter becomes, as `first-last/step+distance`, with the code points in hexadecimal. These are Unicode's
 * simple case foldings, with Turkish dotted and dotless I as i, and compatibility forms that the oldest supported
 * PostgreSQL does not know yet.
 */
const runs = `
41-5a+32 c0-d6+32 d8-de+32 100-12e/2+1 130-199 131-200 134-136/2+1 139-13d/2+1 141-147/2+1 14a-176/2+1
178-121 179-17d/2+1 181+210 182-184/2+1 186+206 187+1 189-18a+205 18b+1 18e+79 18f+202 190+203 191+1 193+205
194+207 196+211 197+209 198+1 19c+211 19d+213 19f+214 1a0-1a4/2+1 1a6+218 1a7+1 1a9+218 1ac+1 1ae+218 1af+1
1b1-1b2+217 1b3-1b5/2+1 1b7+219 1b8+1 1bc+1 1cd-1db/2+1 1de-1ee/2+1 1f4+1 1f6-97 1f7-56 1f8-21e/2+1 220-130
222-232/2+1 23a+10795 23b+1 23d-163 23e+10792 241+1 243-195 244+69 245+71 246-24e/2+1 370-372/2+1 376+1
37f+116 386+38 388-38a+37 38c+64 38e-38f+63 391-3a1+32 3a3-3ab+32 3c2+1 3cf+8 3d8-3ee/2+1 3f7+1 3fa+1
3fd-3ff-130 400-40f+80 410-42f+32 460-480/2+1 48a-4be/2+1 4c0+15 4c1-4cd/2+1 4d0-52e/2+1 531-556+48
10a0-10c5+7264 10c7+7264 10cd+7264 13a0-13ef+38864 13f0-13f5+8 1c80-6222 1c81-6221 1c82-6212 1c83-1c84-6210
1c85-6211 1c86-6204 1c87-6180 1c88+35267 1c89+1 1c90-1cba-3008 1cbd-1cbf-3008 1e00-1e94/2+1 1e9e-7615
1ea0-1efe/2+1 1f08-1f0f-8 1f18-1f1d-8 1f28-1f2f-8 1f38-1f3f-8 1f48-1f4d-8 1f59-1f5f/2-8 1f68-1f6f-8
1f88-1f8f-8 1f98-1f9f-8 1fa8-1faf-8 1fb8-1fb9-8 1fba-74 1fbc-9 1fc8-1fca/2-86 1fcc-9 1fd8-1fd9-8 1fda-100
1fe8-1fe9-8 1fea-112 1fec-7 1ff8-128 1ffa-126 1ffc-9 2132+28 2183+1 2c00-2c2f+48 2c60+1 2c62-10743 2c63-3814
2c64-10727 2c67-2c6b/2+1 2c6d-10780 2c6e-10749 2c6f-10783 2c70-10782 2c72+1 2c75+1 2c7e-2c7f-10815
2c80-2ce2/2+1 2ceb-2ced/2+1 2cf2+1 a640-a66c/2+1 a680-a69a/2+1 a722-a72e/2+1 a732-a76e/2+1 a779-a77b/2+1
a77d-35332 a77e-a786/2+1 a78b+1 a78d-42280 a790-a792/2+1 a796-a7a8/2+1 a7aa-42308 a7ab-42319 a7ac-42315
a7ad-42305 a7ae-42308 a7b0-42258 a7b1-42282 a7b2-42261 a7b3+928 a7b4-a7c2/2+1 a7c4-48 a7c5-42307 a7c6-35384
a7c7-a7c9/2+1 a7cb-42343 a7cc-a7da/2+1 a7dc-42561 a7f1-42878 a7f5+1 10400-10427+40 104b0-104d3+40
10570-1057a+39 1057c-1058a+39 1058c-10592+39 10594-10595+39 10c80-10cb2+64 10d50-10d65+32 118a0-118bf+32
16e40-16e5f+32 16ea0-16eb8+27 1ccd6-1ccef-117877 1ccf0-1ccf9-117952 1e030-1e038-121856 1e039-1e03b-121855
1e03c-1e046-121854 1e047-121852 1e048-1e049-121851 1e04a-80321 1e04b-121714 1e04c-121846 1e04d-121845
1e04e-121701 1e04f-121760 1e050-121729 1e051-1e059-121889 1e05a-1e05b-121888 1e05c-1e05d-121886 1e05e-121885
1e05f-1e064-121884 1e065-1e066-121883 1e067-121814 1e068-121874 1e069-121876 1e06a-121867 1e06b-121792
1e06c-80411 1e06d-121788 1e900-1e921+34`;

/** Every letter that is folded on its own, and what it becomes. */
export const cases: ReadonlyMap<string, string> = new Map(runs.trim().split(/\s+/).flatMap(lettersOf));

function lettersOf(run: string): [string, string][] {
  const [, first = '', last = first, step = '1', distance] =
    /^([0-9a-f]+)(?:-([0-9a-f]+))?(?:\/(\d))?([+-]\d+)$/.exec(run) ?? [];
  const letters: [string, string][] = [];
  for (let code = Number.parseInt(first, 16); code <= Number.parseInt(last, 16); code += Number(step))
    letters.push([String.fromCodePoint(code), String.fromCodePoint(code + Number(distance))]);
  return letters;
}

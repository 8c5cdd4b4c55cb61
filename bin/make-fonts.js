#!/usr/bin/env node
// Creates the two files in web/src/ui/fonts from Inter in @fontsource-variable/inter. Inter's own Latin file is 48 kB
// and would be a fifth of the first load; these have only the weights, features and characters that the app uses:
// `basic` has all that the app's own texts need, `accents` the rest of Latin-1. Run this after upgrading Inter:
//   npm install --no-save subset-font@2.9.0 && node bin/make-fonts.js
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const from = (first, last) => Array.from({ length: last - first + 1 }, (_, more) => first + more);

/** web/src/ui/styles/fonts.css has the same ranges as `unicode-range`. */
const files = {
  basic: [...from(0x20, 0x7e), 0xa0, 0xb7, 0xd7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201c, 0x201d, 0x2026, 0x20ac, 0xa3],
  accents: [...from(0xa1, 0xa2), ...from(0xa4, 0xb6), ...from(0xb8, 0xd6), ...from(0xd8, 0xff)],
};
const options = {
  targetFormat: 'woff2',
  variationAxes: { wght: { min: 400, max: 600 } },
  keepFeatures: ['kern', 'tnum'],
  noHinting: true,
};

const tool = 'subset-font';
const { default: subset } = await import(tool);
const inter = await readFile(at('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'));
for (const [name, characters] of Object.entries(files)) {
  const made = await subset(inter, String.fromCodePoint(...characters), options);
  await writeFile(at(`web/src/ui/fonts/inter-${name}.woff2`), made);
  console.log(`inter-${name}.woff2: ${made.length} bytes`);
}

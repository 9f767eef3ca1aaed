// Cuts Golos Text down to the letters of Kazakh, Russian and English plus the signs we print, keeping it variable.
// The tenge sign lives in the font's latin-ext file, so one glyph of that file is kept.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);
const folder = path.join(path.dirname(require.resolve("@fontsource-variable/golos-text/package.json")), "files");

const range = (from, to) => String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));

const CUTS = {
  latin: range(0x20, 0x7e) + "\u00a0«»©·×±°²§–—‘’“”„…•−\u202f",
  cyrillic: range(0x410, 0x44f) + "ЁёІіҰұ№",
  "cyrillic-ext": "ӘәҒғҚқҢңӨөҮүҺһ",
  "latin-ext": "₸",
};

/** Yields `golos-<cut>.woff2` buffers. */
export async function cutFonts() {
  const names = Object.keys(CUTS);
  const buffers = await Promise.all(
    names.map(async (name) => {
      const source = await readFile(path.join(folder, `golos-text-${name}-wght-normal.woff2`));
      return subsetFont(source, CUTS[name], { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 700 } } });
    }),
  );
  return Object.fromEntries(names.map((name, i) => [`golos-${name}.woff2`, buffers[i]]));
}

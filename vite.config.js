// Builds web/ into web/dist with a manifest that Django reads (`{% asset %}` in portal/ui).
// Each entry is its own small file: no page pays for what it does not use.

import tailwindcss from "@tailwindcss/vite";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig } from "vite";
import { cutFonts } from "./web/fonts/cut.js";
import { appIcons } from "./web/icons/app.js";
import { iconSymbols } from "./web/icons/icons.js";
import { friezeTile, ornamentSymbols, tabIcon } from "./web/icons/ornament.js";
import { outlineSymbol } from "./web/map/outline.js";

const DRAWN = new URL("./web/drawn/", import.meta.url);
const sheet = (symbols) => `<svg xmlns="http://www.w3.org/2000/svg">${symbols}</svg>`;

/** Draws the sprites and cuts the fonts into web/drawn/ (not committed) before anything imports them. */
function drawings() {
  return {
    name: "demeu-drawings",
    async buildStart() {
      await mkdir(DRAWN, { recursive: true });
      const files = {
        "sprite.svg": sheet(ornamentSymbols() + iconSymbols()),
        "map.svg": sheet(outlineSymbol()),
        "frieze.svg": friezeTile(),
        "icon.svg": tabIcon(),
        ...appIcons(),
        ...(await cutFonts()),
      };
      await Promise.all(Object.entries(files).map(([name, body]) => writeFile(new URL(name, DRAWN), body)));
    },
  };
}

/** Puts a .gz and a .br beside every text file: WhiteNoise serves the one the browser accepts. */
function squeezed() {
  return {
    name: "demeu-squeezed",
    async writeBundle({ dir }) {
      const names = (await readdir(dir)).filter((name) => /\.(css|js|svg)$/.test(name));
      for (const name of names) {
        const body = await readFile(`${dir}/${name}`);
        await Promise.all([
          writeFile(`${dir}/${name}.gz`, gzipSync(body, { level: 9 })),
          writeFile(`${dir}/${name}.br`, brotliCompressSync(body)),
        ]);
      }
    },
  };
}

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [drawings(), tailwindcss(), squeezed()],
  build: {
    outDir: "web/dist",
    assetsDir: "",
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    cssTarget: ["chrome103", "firefox103", "safari15.4"],
    modulePreload: false,
    rollupOptions: {
      input: {
        main: "web/js/main.js",
        fragments: "web/js/fragments.js",
        desk: "web/js/desk.js",
        signing: "web/js/signing.js",
        passkey: "web/js/passkey.js",
        pay: "web/js/pay.js",
        push: "web/js/push.js",
        charts: "web/js/charts.js",
        map: "web/js/map.js",
        receipt: "web/js/receipt.js",
        app: "web/js/app.js",
        offline: "web/js/offline.js",
        live: "web/js/live.js",
      },
    },
  },
});

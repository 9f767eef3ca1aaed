// Builds web/verify into one self-contained file, web/dist/verify.html: script, style and fonts inside, and a
// content security policy by hashes that lets it load nothing else. It works from a disk, without any network.

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { defineConfig } from "vite";

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Puts the built script and style into the page in place of files of their own. */
function inOneFile() {
  return {
    name: "demeu-one-file",
    enforce: "post",
    async generateBundle(_options, bundle) {
      const built = Object.values(bundle);
      const script = built.find((part) => part.type === "chunk").code.replaceAll("</script", "<\\/script");
      const style = String(built.find((part) => part.fileName.endsWith(".css")).source);
      const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; font-src data:; base-uri 'none'; form-action 'none'`;
      const page = await readFile(new URL("./web/verify/page.html", import.meta.url), "utf8");
      for (const name of Object.keys(bundle)) delete bundle[name];
      const parts = { "%POLICY%": policy, "%STYLE%": style, "%SCRIPT%": script };
      const source = page.replace(/%[A-Z]+%/g, (name) => parts[name]);
      this.emitFile({ type: "asset", fileName: "verify.html", source });
    },
  };
}

export default defineConfig({
  publicDir: false,
  plugins: [inOneFile()],
  build: {
    outDir: "web/dist",
    emptyOutDir: false,
    assetsInlineLimit: 1 << 20,
    cssTarget: ["chrome103", "firefox103", "safari15.4"],
    target: ["chrome103", "firefox103", "safari15.4"],
    lib: { entry: "web/verify/page.js", formats: ["iife"], name: "verify", fileName: "verify" },
  },
});

// Builds the service worker into web/dist/worker.js: one classic script without imports, as every browser takes it.
// Django serves it at /sw.js with the list of built files before it.

import { defineConfig } from "vite";

export default defineConfig({
  publicDir: false,
  build: {
    outDir: "web/dist",
    emptyOutDir: false,
    target: ["chrome103", "firefox103", "safari15.4"],
    lib: { entry: "web/worker/worker.js", formats: ["iife"], name: "worker", fileName: () => "worker.js" },
  },
});

// Bundles what slides run on, one script and one style with its fonts, into the folder given.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const shared = {
  outdir: process.argv[2],
  bundle: true,
  minify: true,
  charset: "utf8",
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  logLevel: "warning",
};
await build({ ...shared, entryPoints: ["headstream/slides/slides.ts"], format: "iife", target: "es2022" });
// KaTeX names each font three times; every browser that runs the script takes the first.
const loader = { ".woff2": "dataurl", ".woff": "empty", ".ttf": "empty" };
await build({ ...shared, entryPoints: ["headstream/slides/slides.css"], loader });

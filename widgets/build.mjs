// Bundles every view: one plain ES module and one style sheet each, into the folder given (default: views/static).
// With --watch it stays and bundles again at every change of a source.
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { context } from "esbuild";
import { carried } from "./carried.mjs";

const { values, positionals } = parseArgs({ options: { watch: { type: "boolean" } }, allowPositionals: true });
const views = fileURLToPath(new URL("headstream/views", import.meta.url));
const names = readdirSync(views).filter((name) => existsSync(`${views}/${name}/index.ts`));
const shared = {
  outdir: positionals[0] ?? `${views}/static`,
  bundle: true,
  plugins: [carried],
  charset: "utf8",
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  logLevel: values.watch ? "info" : "warning",
};
const entries = (file) => names.map((name) => ({ in: `${views}/${name}/${file}`, out: name }));

for (const options of [
  { entryPoints: entries("index.ts"), format: "esm", target: "es2022", legalComments: "inline" },
  { entryPoints: entries("style.css") },
]) {
  const bundles = await context({ ...shared, ...options });
  if (values.watch) {
    await bundles.watch();
  } else {
    await bundles.rebuild();
    await bundles.dispose();
  }
}

// Bundles every view: one plain ES module and one style sheet each, into the folder given (default: views/static).
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const views = fileURLToPath(new URL("headstream/views", import.meta.url));
const out = process.argv[2] ?? `${views}/static`;
const names = readdirSync(views).filter((name) => existsSync(`${views}/${name}/index.ts`));

await build({
  entryPoints: names.map((name) => ({ in: `${views}/${name}/index.ts`, out: name })),
  outdir: out,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "inline",
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  logLevel: "warning",
});
await build({
  entryPoints: names.map((name) => ({ in: `${views}/${name}/style.css`, out: name })),
  outdir: out,
  bundle: true,
  charset: "utf8",
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  logLevel: "warning",
});

// Bundles what a page of the site needs beside its text: the host with every view as one classic script, which file:// may load where it
// loads no module, and one style sheet. Into the folder given.
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { carried } from "./carried.mjs";

const home = fileURLToPath(new URL("headstream", import.meta.url));
const views = readdirSync(`${home}/views`).filter((name) => existsSync(`${home}/views/${name}/index.ts`));
const entry = [
  ...views.map((name) => `import ${name} from "./views/${name}/index"; import "./views/${name}/style.css";`),
  `import { host } from "./site/host"; import "./site/site.css";`,
  `host({ ${views.join(", ")} });`,
];

await build({
  stdin: { contents: entry.join("\n"), resolveDir: home, sourcefile: "headstream.ts", loader: "ts" },
  absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
  outfile: `${process.argv[2]}/headstream.js`,
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  plugins: [carried],
  charset: "utf8",
  logLevel: "warning",
});

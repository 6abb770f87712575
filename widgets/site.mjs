// Bundles what a page of the site needs beside its text, into the folder given: the host with every view as one classic script, which
// file:// may load where it loads no module, and one style sheet. The view that runs a model is a script of its own, for the pages that have it.
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { carried } from "./carried.mjs";

const home = fileURLToPath(new URL("headstream", import.meta.url));
const found = readdirSync(`${home}/views`).filter((name) => existsSync(`${home}/views/${name}/index.ts`));
const own = "prompt_explorer";
const views = found.filter((name) => name !== own);

await bundled("headstream", [
  ...views.map((name) => `import ${name} from "./views/${name}/index";`),
  ...found.map((name) => `import "./views/${name}/style.css";`),
  `import { host } from "./site/host"; import "./site/site.css";`,
  `host({ ${views.join(", ")} });`,
]);
await bundled(own, [`import view from "./views/${own}/index";`, `window.headstream.views.${own} = view;`]);

async function bundled(name, entry) {
  await build({
    stdin: { contents: entry.join("\n"), resolveDir: home, sourcefile: `${name}.ts`, loader: "ts" },
    absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
    outfile: `${process.argv[2]}/${name}.js`,
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    plugins: [carried],
    charset: "utf8",
    logLevel: "warning",
  });
}

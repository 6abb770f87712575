// What a bundle carries as text: a worker's script, bundled by itself, and the bytes of a WebAssembly module in base64.
import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import asc from "assemblyscript/asc";
import { build } from "esbuild";

/** An AssemblyScript file as WebAssembly, which is given its memory. */
export async function compiled(file) {
  const options = ["--optimizeLevel", "3", "--runtime", "stub", "--importMemory", "--enable", "simd"];
  let bytes;
  const { error, stderr } = await asc.main([basename(file), "--outFile", "out.wasm", ...options], {
    readFile: (name) => (name === basename(file) ? readFileSync(file, "utf8") : null),
    writeFile: (_, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${file}: ${error.message}\n${stderr.toString()}`);
  return bytes;
}

/** For esbuild: `import text from "./file.worker?text"`, `import base64 from "./file.wasm?text"`. */
export const carried = {
  name: "carried",
  setup({ onResolve, onLoad, initialOptions }) {
    onResolve({ filter: /\?text$/ }, ({ path, importer }) => ({
      path: `${resolve(dirname(importer), path.replace("?text", ""))}.ts`,
      namespace: "carried",
    }));
    onLoad({ filter: /\.wasm\.ts$/, namespace: "carried" }, async ({ path }) => ({
      contents: Buffer.from(await compiled(path)).toString("base64"),
      loader: "text",
      watchFiles: [path],
    }));
    onLoad({ filter: /\.worker\.ts$/, namespace: "carried" }, async ({ path }) => {
      const { charset, absWorkingDir, target } = initialOptions;
      const options = { bundle: true, write: false, metafile: true, format: "iife", plugins: [carried] };
      const { outputFiles, metafile } = await build({
        charset,
        absWorkingDir,
        target,
        ...options,
        entryPoints: [path],
      });
      const watchFiles = Object.keys(metafile.inputs).map((input) => resolve(absWorkingDir, input.split(":").pop()));
      return { contents: outputFiles[0].text, loader: "text", watchFiles };
    });
  },
};

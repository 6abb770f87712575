// What a bundle carries as text: a worker's script, bundled by itself, and the bytes of a WebAssembly module in base64.
import { readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
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
    const { charset, absWorkingDir, target } = initialOptions;
    // The bundle's comments name it: by a path that is the same on every machine.
    onResolve({ filter: /\?text$/ }, ({ path, importer }) => ({
      path: `${relative(absWorkingDir, resolve(dirname(importer), path.replace("?text", ""))).replaceAll("\\", "/")}.ts`,
      namespace: "carried",
    }));
    onLoad({ filter: /\.wasm\.ts$/, namespace: "carried" }, async ({ path }) => {
      const file = resolve(absWorkingDir, path);
      return { contents: Buffer.from(await compiled(file)).toString("base64"), loader: "text", watchFiles: [file] };
    });
    onLoad({ filter: /\.worker\.ts$/, namespace: "carried" }, async ({ path }) => {
      const options = { bundle: true, write: false, metafile: true, format: "iife", plugins: [carried] };
      const { outputFiles, metafile } = await build({
        charset,
        absWorkingDir,
        target,
        ...options,
        entryPoints: [resolve(absWorkingDir, path)],
      });
      const watchFiles = Object.keys(metafile.inputs).map((input) => resolve(absWorkingDir, input.split(":").pop()));
      return { contents: outputFiles[0].text, loader: "text", watchFiles };
    });
  },
};

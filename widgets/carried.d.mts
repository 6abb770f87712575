/** An AssemblyScript file as WebAssembly, which is given its memory. */
export function compiled(file: string): Promise<Uint8Array<ArrayBuffer>>;

// What build.mjs carries into the bundle as text.
declare module "*?text" {
  const text: string;
  export default text;
}

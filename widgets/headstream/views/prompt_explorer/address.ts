// Where the models' files are.

/** What a page says of where they are, in its head: `<link rel="headstream-models" href="models/">`. */
const LINK = 'link[rel="headstream-models"]';

/** The folder's address, absolute, or why there is none that can be read, in a sentence. `given`: "" where the page says it. */
export function address(given: string, page: Document): { base: string } | { why: string } {
  const named = given || page.querySelector(LINK)?.getAttribute("href");
  if (!named) {
    return {
      why: "This text stays as it is, for nothing says where the model’s weights are. With a kernel, hs.explore(model, text) reads what you type.",
    };
  }
  const folder = named.endsWith("/") ? named : `${named}/`;
  const url = URL.canParse(folder, page.baseURI) ? new URL(folder, page.baseURI) : null;
  if (url?.protocol === "http:" || url?.protocol === "https:") return { base: url.href };
  if (url?.protocol === "file:") {
    return {
      why: "This text stays as it is, for a page that is opened as a file cannot fetch weights: a web server’s page can, and then reads what you type.",
    };
  }
  return { why: `This text stays as it is, for weights cannot be fetched from ‘${named}’.` };
}

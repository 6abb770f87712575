import { describe, expect, it } from "vitest";
import { address } from "./address";

function page(baseURI: string, href: string | null = null): Document {
  const link = href === null ? null : { getAttribute: () => href };
  return { baseURI, querySelector: () => link } as unknown as Document;
}

describe("where the weights are", () => {
  it("is what the view is given, else what the page's head says, from where the page is", () => {
    expect(address("m", page("https://a.org/x/y.html", "other"))).toEqual({ base: "https://a.org/x/m/" });
    expect(address("", page("https://a.org/x/y.html", "../m/"))).toEqual({ base: "https://a.org/m/" });
    expect(address("/files/m", page("http://localhost:1/lab/tree/a.ipynb"))).toEqual({
      base: "http://localhost:1/files/m/",
    });
  });

  it("or a sentence", () => {
    expect(address("", page("https://a.org/"))).toMatchObject({
      why: expect.stringContaining("hs.explore(model, text)"),
    });
    expect(address("m", page("file:///a.html"))).toMatchObject({ why: expect.stringContaining("opened as a file") });
    expect(address("http://", page("https://a.org/"))).toMatchObject({ why: expect.stringContaining("‘http://’") });
  });
});

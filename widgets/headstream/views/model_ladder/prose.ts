// The text as prose: spaces are spaces and paragraphs are paragraphs; what a mark covers is the token without its leading spaces.
import { element } from "../shared/draw/dom";
import { isSpecial, plain } from "../shared/text/tokens";

/** Writes one token into its span: its spaces, a part to be marked with a place for a number, and the break after it. */
export function writeProse(span: HTMLElement, text: string): void {
  const [, spaces, rest, newlines] = /^( *(?! |$))?([\s\S]*?)(\n*)$/.exec(text) as RegExpExecArray;
  if (spaces) span.append(element("span", "hs-gap", {}, spaces));
  const mark = element("span", "hs-mark hs-moving");
  for (const part of rest.split(/(\n)/)) {
    if (part === "\n") mark.append(sign("↵"), "\n");
    else mark.append(plain(part));
  }
  if (newlines) mark.append(sign("↵".repeat(newlines.length)));
  // A token that only continues a character keeps a place to point at.
  if (!text) mark.append(sign("‿"));
  mark.append(element("sub", "hs-rung", { "aria-hidden": "true" }));
  // The start token is no part of the text.
  if (isSpecial(text)) mark.classList.add("hs-special");
  span.append(mark);
  if (newlines) span.append(element("span", newlines.length > 1 ? "hs-paragraph" : "hs-newline"));
}

function sign(text: string): HTMLElement {
  return element("span", "hs-space", {}, text);
}

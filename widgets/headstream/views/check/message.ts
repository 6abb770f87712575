// A message in blocks: lines that begin with two spaces are code, each other line is a sentence or more.
import { element } from "../shared/draw/dom";
import { plain, plainLines } from "../shared/text/tokens";

export interface Block {
  code: boolean;
  text: string;
}

/** Lines of code that follow one another are one block, without the indent that they share. */
export function blocks(message: string): Block[] {
  const found: Block[] = [];
  for (const line of message.split("\n")) {
    const code = line.startsWith("  ");
    const last = found.at(-1);
    if (code && last?.code) last.text += `\n${line}`;
    else if (line.trim()) found.push({ code, text: line });
  }
  return found.map(({ code, text }) => ({ code, text: code ? dedented(text) : text }));
}

function dedented(text: string): string {
  const indent = Math.min(...text.split("\n").map((line) => line.search(/\S|$/)));
  return text
    .split("\n")
    .map((line) => line.slice(indent))
    .join("\n");
}

/** A sentence, what stands in `backticks` as code. */
export function prose(text: string): (Node | string)[] {
  return text
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 ? element("code", "hs-code", {}, plain(part)) : plain(part)));
}

/** A block as an element. */
export function drawn({ code, text }: Block): HTMLElement {
  return code ? element("pre", "hs-code", {}, plainLines(text)) : element("p", "", {}, ...prose(text));
}

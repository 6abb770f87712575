// Sets formulas while the site is built: reads {latex, display} as JSON, a line each, and answers each with a line, {html} or {error}.
import { createInterface } from "node:readline";
import katex from "katex";

for await (const line of createInterface({ input: process.stdin })) {
  const { latex, display } = JSON.parse(line);
  try {
    console.log(JSON.stringify({ html: katex.renderToString(latex, { displayMode: display, strict: "error" }) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}

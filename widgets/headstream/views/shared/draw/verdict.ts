// Right and wrong in colour, blue and orange, which everybody can tell apart; a sign and a word always stand beside it.
import { ramp, type Theme } from "./color";

/** Gives style sheets the two colours, each with its wash. */
export function paintVerdicts(node: HTMLElement, theme: Theme): void {
  const { css } = ramp(theme, "diverging");
  for (const [name, place] of Object.entries({ wrong: 0, "wrong-wash": 0.45, "right-wash": 0.55, right: 1 })) {
    node.style.setProperty(`--hs-${name}`, css(place));
  }
}

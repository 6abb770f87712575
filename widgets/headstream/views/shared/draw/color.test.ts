import { describe, expect, it } from "vitest";
import { luminance, ramp, type Scale, type Theme } from "./color";

const channels = (css: string) => (css.match(/\d+/g) as string[]).map(Number) as [number, number, number];
const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

describe("ramp", () => {
  for (const theme of ["light", "dark"] as Theme[]) {
    for (const scale of ["sequential", "incoming"] as Scale[]) {
      it(`${theme} ${scale}: luminance goes one way, so that it reads without colour`, () => {
        const values = Array.from({ length: 33 }, (_, i) => luminance(...channels(ramp(theme, scale).css(i / 32))));
        const steps = values.slice(1).map((value, i) => Math.sign(value - values[i]));
        expect(steps.every((step) => step === (theme === "light" ? -1 : 1))).toBe(true);
      });
    }
    for (const scale of ["sequential", "diverging", "incoming"] as Scale[]) {
      it(`${theme} ${scale}: text on every colour has a contrast of 4.5 or more`, () => {
        const colors = ramp(theme, scale);
        for (let i = 0; i <= 64; i++) {
          const ink = colors.ink(i / 64) === "#ffffff" ? 1 : 0;
          expect(contrast(ink, luminance(...channels(colors.css(i / 64))))).toBeGreaterThan(4.5);
        }
      });
    }
  }
});

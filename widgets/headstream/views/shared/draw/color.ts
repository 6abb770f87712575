// Two scales, light and dark: one sequential (paper to deep blue; ink to pale blue), one diverging (orange, neutral, blue).
import { interpolateLab, piecewise } from "d3-interpolate";

export type Theme = "light" | "dark";
export type Scale = "sequential" | "diverging" | "incoming";

const STOPS: Record<Theme, Record<Scale, string[]>> = {
  light: {
    sequential: ["#fdfcf9", "#cfe0f1", "#74a7d8", "#2164ad", "#08306b"],
    diverging: ["#a34100", "#e08a45", "#f4f2ed", "#6aa3d8", "#0d4c96"],
    incoming: ["#fdfcf9", "#f9d9b4", "#eda45f", "#cc6515", "#8a3600"],
  },
  dark: {
    sequential: ["#15181d", "#1d3a5e", "#2f6bad", "#7db0e6", "#e0edff"],
    diverging: ["#ffb672", "#b9601c", "#262a30", "#2f6fb3", "#a6d0ff"],
    incoming: ["#15181d", "#4d2c10", "#a1541a", "#e89a52", "#ffe3c4"],
  },
};

export interface Ramp {
  /** Red, green, blue for 256 steps from 0 to 1. */
  rgb: Uint8Array;
  /** CSS colour for t in 0..1. */
  css(t: number): string;
  /** Black or white, whichever reads better on css(t). */
  ink(t: number): string;
}

/** Those that were made: a key that is typed asks for ten of them. */
const made = new Map<string, Ramp>();

export function ramp(theme: Theme, scale: Scale): Ramp {
  const name = `${theme} ${scale}`;
  const found = made.get(name) ?? rampOf(theme, scale);
  made.set(name, found);
  return found;
}

function rampOf(theme: Theme, scale: Scale): Ramp {
  const mix = piecewise(interpolateLab, STOPS[theme][scale]);
  const rgb = new Uint8Array(256 * 3);
  for (let step = 0; step < 256; step++) {
    const channels = mix(step / 255).match(/\d+/g) as string[];
    rgb.set(channels.map(Number), step * 3);
  }
  // Strings are made once: hover paints hundreds of tokens.
  const colors: string[] = [];
  const inks: string[] = [];
  for (let step = 0; step < 256; step++) {
    const [r, g, b] = rgb.subarray(3 * step, 3 * step + 3);
    colors.push(`rgb(${r}, ${g}, ${b})`);
    inks.push(luminance(r, g, b) > 0.179 ? "#000000" : "#ffffff");
  }
  const at = (t: number) => Math.round(255 * Math.min(1, Math.max(0, t)));
  return { rgb, css: (t) => colors[at(t)], ink: (t) => inks[at(t)] };
}

/** Relative luminance (WCAG) of an sRGB colour, 0..1. */
export function luminance(r: number, g: number, b: number): number {
  const linear = (v: number) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Dark when the nearest opaque background behind the element is dark: true in every host, whatever names it uses. */
export function themeOf(element: Element): Theme {
  for (let node: Element | null = element; node; node = above(node)) {
    const channels = channelsOf(getComputedStyle(node).backgroundColor);
    if (channels && channels[3] > 0.5) return luminance(channels[0], channels[1], channels[2]) < 0.2 ? "dark" : "light";
  }
  return "light";
}

/** The element around another one, also across the border of a shadow tree. */
export function above(node: Element): Element | null {
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

/** Red, green and blue 0..255 and alpha 0..1 of a computed colour: rgb(), rgba() or color(srgb …). */
export function channelsOf(color: string): [number, number, number, number] | null {
  const found = /^(rgba?|color)\((?:[a-z][\w-]* )?([^)]*)\)$/.exec(color);
  const numbers = found?.[2].match(/[\d.]+(?:e-?\d+)?%?/g)?.map((part) => {
    return part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part);
  });
  if (!found || !numbers || numbers.length < 3) return null;
  const full = found[1] === "color" ? 255 : 1;
  return [numbers[0] * full, numbers[1] * full, numbers[2] * full, numbers[3] ?? 1];
}

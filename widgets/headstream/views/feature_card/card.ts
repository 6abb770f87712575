// One feature in full: how strongly it fires how often, what it writes, what it resembles, and where it fires.
import type { Theme } from "../shared/draw/color";
import { element, svg } from "../shared/draw/dom";
import { type Encoding, encode } from "../shared/draw/encoding";
import { decimalsOfStep, drawAxis, plot } from "../shared/draw/plot";
import { linear, logOfCounts } from "../shared/draw/scale";
import { pointAndKeep } from "../shared/parts/items";
import { fixed } from "../shared/text/format";
import { decimalsFor, show } from "../shared/text/numbers";
import { quoted, running, shortened, visible } from "../shared/text/tokens";
import { type Example, type Features, percent } from "./features";

/** In em: the histogram. Characters of a token in a list. */
const WIDTH = 17;
const HEIGHT = 7.5;
const CHARACTERS = 18;
/** A bar that is there is seen, in CSS pixels. */
const LEAST = 2;

interface Item {
  element: HTMLElement | SVGElement;
  /** Arrows up and down go from group to group. */
  group: number;
  said: string;
  /** What a click or Enter chooses. */
  feature: number | null;
}

export interface CardActs {
  say(words: string | null): void;
  keep(feature: number): void;
}

/** Share of the largest activation, on one colour. */
export function activationColors(theme: Theme): Encoding {
  const ticks = [0, 0.5, 1].map((at) => ({ at, label: `${100 * at}\u00a0%` }));
  const name = "activation, of the feature's largest";
  return encode({ name, scale: "sequential", place: (share) => share, ticks }, theme);
}

export function featureCard({ say, keep }: CardActs) {
  const root = element("div", "hs-feature-card", { role: "group" });
  let items: Item[] = [];
  let group = 0;

  const reach = pointAndKeep<number>({
    root,
    at(event) {
      const item = (event.target as Element).closest<HTMLElement>("[data-item]");
      return item ? Number(item.dataset.item) : null;
    },
    element: (index) => items[index]?.element,
    step(index, key) {
      const own = items[index].group;
      const first = (wanted: number) => {
        const found = items.findIndex((item) => item.group === wanted);
        return found < 0 ? null : found;
      };
      if (key === "ArrowRight" || key === "ArrowLeft") {
        const next = index + (key === "ArrowRight" ? 1 : -1);
        return items[next] ? next : null;
      }
      if (key === "ArrowDown") return first(own + 1);
      if (key === "ArrowUp") return first(own - 1);
      if (key === "Home") return 0;
      return key === "End" ? items.length - 1 : undefined;
    },
    point: (index) => say(index === null ? null : (items[index]?.said ?? null)),
    keep(index) {
      const { feature } = items[index];
      if (feature !== null) keep(feature);
    },
  });

  function item<E extends HTMLElement | SVGElement>(node: E, said: string, feature: number | null = null): E {
    const index = items.length;
    items.push({ element: node, group, said, feature });
    const attributes = { "data-item": index, "data-key": `item-${index}`, tabindex: -1, "aria-label": said };
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
    return node;
  }

  function histogram(features: Features, feature: number, em: number): HTMLElement {
    const all = features.bins(feature);
    const bins = all.slice(
      0,
      all.reduce((last, { count }, bin) => (count ? bin + 1 : last), 1),
    );
    const most = Math.max(1, ...bins.map(({ count }) => count));
    const margin = { top: 0.6 * em, right: 0.8 * em, bottom: 1.5 * em, left: 2.8 * em };
    const area = plot(WIDTH * em, HEIGHT * em, margin);
    area.root.setAttribute("role", "group");
    area.root.setAttribute("aria-label", "How often it fires how strongly");
    const end = bins.at(-1)?.to || 1;
    const x = linear([0, end], area.x);
    const y = logOfCounts(most, area.y);
    const places = y.ticks().map((count) => ({ at: y(count), label: count.toLocaleString("en") }));
    drawAxis(area, { side: "left", ticks: places, gap: 0.4 * em, fontSize: em, rules: true });
    const ticks = x.ticks(4);
    const decimals = decimalsOfStep(ticks[1] - ticks[0]);
    const marks = ticks.map((value) => ({ at: x(value), label: value ? fixed(value, decimals) : "0" }));
    drawAxis(area, { side: "bottom", ticks: marks, gap: 0.4 * em, fontSize: em, rules: false });
    for (const { from, to, count } of bins) {
      const top = count ? Math.min(y(count), y(0) - LEAST) : y(0);
      const whole = svg("rect", {
        class: "hs-feature-reach",
        x: x(from),
        width: x(to) - x(from),
        y: area.y[1],
        height: area.y[0] - area.y[1],
      });
      const bar = svg("rect", {
        class: "hs-feature-bar",
        x: x(from) + 0.5,
        width: Math.max(0.5, x(to) - x(from) - 1),
        y: top,
        height: y(0) - top,
        "data-count": count,
      });
      const between = `between ${features.shown(feature, from)} and ${features.shown(feature, to)}`;
      const times = count === 1 ? "one place" : `${count.toLocaleString("en")} places`;
      area.marks.append(
        item(svg("g", { role: "img" }, whole, bar), `Feature ${feature} fires ${between} at ${times}.`),
      );
    }
    group += 1;
    return part("activations, where it fires", "hs-feature-histogram", area.root);
  }

  function logits(features: Features, feature: number, theme: Theme): HTMLElement[] {
    const ends = features.logits(feature);
    const limit = Math.max(...ends.flat().map(({ logit }) => Math.abs(logit))) || 1;
    const place = (value: number) => 0.5 + (0.5 * value) / limit;
    const colors = encode({ name: "logit", scale: "diverging", place, ticks: [] }, theme);
    const text = (value: number) => show(value, decimalsFor(limit), true);
    return ends.map((lines, end) => {
      const listed = lines.map(({ word, logit }) => {
        const verb = logit < 0 ? "lowers" : "raises";
        const said = `An activation of 1 ${verb} the logit of ${quoted(word)} by ${text(Math.abs(logit)).replace("+", "")}.`;
        return item(line(word, text(logit), [colors.color(logit), colors.ink(logit)], logit), said);
      });
      group += 1;
      const name = end ? "suppressed logits" : "promoted logits";
      return part(name, "hs-feature-logits", element("ol", "", { "data-end": end ? "low" : "high" }, ...listed));
    });
  }

  function nearest(features: Features, feature: number): HTMLElement {
    const listed = features.nearest(feature).map(({ feature: other, cosine }) => {
      const [first] = features.fires[other];
      const on = first === undefined ? "which fires nowhere here" : `which fires most at ${quoted(first)}`;
      const said = `Its decoder and that of feature ${other}, ${on}, have a cosine of ${show(cosine, 2, true)}. A click looks at that one.`;
      const label = features.label(other) || (first === undefined ? "" : visible(first));
      const name = element("span", "hs-feature-word", {}, shortened(`${other} ${label}`, CHARACTERS));
      const number = element("span", "hs-number", { "data-value": cosine }, show(cosine, 2, true));
      return item(element("li", "hs-feature-near", { "data-feature": other }, name, number), said, other);
    });
    group += 1;
    return part("nearest decoders", "hs-feature-nearest", element("ol", "", {}, ...listed));
  }

  function windows(features: Features, feature: number, some: Example[], name: string, colors: Encoding): HTMLElement {
    const lines = some.map(({ words, shares, at }) => {
      const texts = running(words);
      const spans = texts.map((text, place) => {
        const value = shares[place] * features.largest(feature);
        const shown = features.shown(feature, value, true);
        const said = `${quoted(words[place])}: ${shares[place] ? `feature ${feature} is at ${shown}` : `feature ${feature} is silent`}.`;
        const span = element("span", "hs-feature-token", { "data-share": shares[place] }, visible(text) || "‿");
        if (place === at) span.classList.add("hs-feature-chosen");
        if (shares[place]) {
          span.style.backgroundColor = colors.color(shares[place]);
          span.style.color = colors.ink(shares[place]);
        }
        return item(span, said);
      });
      group += 1;
      return element("li", "hs-feature-window", {}, ...spans.flatMap((span) => [span, element("wbr")]));
    });
    if (!lines.length) lines.push(element("li", "hs-quiet", {}, "none"));
    return part(name, "hs-feature-examples", element("ol", "", {}, ...lines));
  }

  return {
    root,
    /** Draws a feature anew. */
    draw(features: Features, feature: number, theme: Theme, em: number): void {
      items = [];
      group = 0;
      const colors = activationColors(theme);
      const label = features.label(feature);
      const head = element("span", "hs-feature-name", {}, `Feature ${feature}${label ? `: ${visible(label)}` : ""}`);
      const fires = features.largest(feature) > 0;
      const largest = features.shown(feature, features.largest(feature));
      const told = fires
        ? `fires at ${percent(features.density(feature))} of the places, at most with ${largest}`
        : "fires nowhere on this text";
      const [strongest, drawn] = features.examples(feature);
      const parts = [
        element("div", "hs-feature-head", {}, head, element("span", "hs-quiet", {}, told)),
        windows(features, feature, strongest, "where it fires most strongly", colors),
        element(
          "div",
          "hs-feature-numbers",
          {},
          histogram(features, feature, em),
          ...logits(features, feature, theme),
          nearest(features, feature),
        ),
        windows(features, feature, drawn, "where it fires, drawn at random", colors),
      ];
      root.dataset.feature = String(feature);
      root.setAttribute("aria-label", `Feature ${feature}`);
      root.replaceChildren(...parts);
      reach.offer(items[0]?.element);
    },
  };
}

function part(name: string, className: string, ...children: (HTMLElement | SVGElement)[]): HTMLElement {
  return element("div", className, {}, element("div", "hs-quiet", {}, name), ...children);
}

function line(word: string, number: string, [paper, ink]: [string, string], value: number): HTMLElement {
  const cell = element("span", "hs-number", { "data-value": value }, number);
  cell.style.backgroundColor = paper;
  cell.style.color = ink;
  return element("li", "", {}, element("span", "hs-feature-word", {}, shortened(visible(word), CHARACTERS)), cell);
}

// A lesson's slides: views at the size of a lecture, which keep their own keys, and keys that walk a view through steps.
import renderMath from "katex/contrib/auto-render";
import Reveal from "reveal.js";
import type { Model } from "../views/shared/hosting/page";
import fields from "../views/shared/selection.json";
import { hosted } from "./host";

/** Type on a screen of 1,920 pixels, and the least. On another screen slides look the same. */
const TYPE = { size: 22, width: 1920, least: 13 };
/** Of what there is much of, beside that: text that would not fit. */
const LEAST = 0.85;
/** Of a view among other outputs, such as a question: there is room. */
const AMONG = 1.4;
const WALK: Record<string, () => void> = { PageDown: () => Reveal.next(), PageUp: () => Reveal.prev() };

const page = hosted(JSON.parse((document.getElementById("saved") as HTMLElement).textContent ?? ""));
const slides = [...document.querySelectorAll<HTMLElement>(".slides > section")];
const inView = (target: EventTarget | null) => target instanceof Element && target.closest(".headstream") !== null;

/** What is set by the steps of a slide: all fields of its view's selection, and those of the view's own traits that a step names; each with its value when the lesson was saved, which a view shows before the first step. */
interface Held {
  model: Model<number>;
  name: string;
  value: unknown;
}

const stepsOf = (slide: HTMLElement) => [...slide.querySelectorAll<HTMLElement>("[data-select]")];
const selectedBy = (step: HTMLElement) => JSON.parse(step.dataset.select ?? "") as Record<string, unknown>;

function heldBy(slide: HTMLElement): Held[] {
  const { model } = (slide.querySelector(".view") as HTMLElement).dataset;
  const view = page.found(`anywidget:${model}`);
  const selection = page.found(view.get("selection") as string);
  const own = new Set(
    stepsOf(slide).flatMap((step) => Object.keys(selectedBy(step)).filter((name) => !(name in fields))),
  );
  const held = (model: Model<number>) => (name: string) => ({ model, name, value: model.get(name) ?? null });
  return [...Object.keys(fields).map(held(selection)), ...[...own].map(held(view))];
}

const before = new Map<HTMLElement, Held[]>();
for (const slide of slides.filter((slide) => slide.querySelector(".steps"))) before.set(slide, heldBy(slide));

function walk(slide: HTMLElement): void {
  const step = stepsOf(slide)
    .filter((step) => step.matches(".visible"))
    .at(-1);
  const selected = step && selectedBy(step);
  for (const { model, name, value } of before.get(slide) ?? []) {
    const left = selected && name in fields ? null : value;
    model.set(name, selected?.[name] ?? left);
  }
}

/** Everything at the size of the screen; a view as high as what its slide leaves it; a text that is too long, or too wide, smaller; a line that is still too wide goes on below. */
function resize(): void {
  const size = Math.max(TYPE.least, Math.round((TYPE.size * innerWidth) / TYPE.width));
  document.documentElement.style.fontSize = `${size}px`;
  for (const model of page.models.values()) {
    if (!model.has("views") && model.has("font_size") && !model.has("selection")) model.set("font_size", size);
  }
  const slide = Reveal.getCurrentSlide();
  if (!slide) return;
  for (const place of slide.querySelectorAll<HTMLElement>(".view")) {
    if (!slide.matches(".slide-view")) {
      place.dataset.hsFontSize = String(Math.round(AMONG * size));
      continue;
    }
    const top = place.getBoundingClientRect().top - slide.getBoundingClientRect().top;
    place.dataset.hsHeight = String(Math.floor(innerHeight - top - 2.4 * size));
  }
  slide.style.fontSize = "";
  for (const code of slide.querySelectorAll("pre")) code.classList.remove("wrapped");
  const lines = [...slide.querySelectorAll("pre")].filter((code) => code.checkVisibility());
  const held = (box: HTMLElement) => box.scrollHeight <= box.clientHeight && box.scrollWidth <= box.clientWidth;
  const most = Number.parseFloat(getComputedStyle(slide).fontSize);
  for (let type = most - 1; ![slide, ...lines].every(held) && type >= LEAST * size; type--)
    slide.style.fontSize = `${type}px`;
  for (const code of lines) code.classList.toggle("wrapped", !held(code));
}

function show(): void {
  resize();
  walk(Reveal.getCurrentSlide() as HTMLElement);
}

// Before reveal.js, which leaves these keys to a field or a slider that has the focus.
document.addEventListener(
  "keydown",
  (event) => {
    const run = event.ctrlKey || event.altKey || event.metaKey ? undefined : WALK[event.key];
    if (!run) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    run();
  },
  { capture: true },
);

async function start(): Promise<void> {
  const delimiters = [
    { left: "$$", right: "$$", display: true },
    { left: "$", right: "$", display: false },
  ];
  for (const text of document.querySelectorAll<HTMLElement>(".jp-RenderedMarkdown")) renderMath(text, { delimiters });
  await Reveal.initialize({
    disableLayout: true,
    transition: "none",
    hash: true,
    controls: false,
    slideNumber: "c/t",
    viewDistance: 1,
    keyboardCondition: (event) => !inView(event.target),
  });
  Reveal.addKeyBinding({ keyCode: 67, key: "C", description: "Code of the slide" }, () => {
    const code = Reveal.getCurrentSlide()?.querySelector<HTMLDetailsElement>("details.code");
    if (code) code.open = !code.open;
    resize();
  });
  for (const event of ["slidechanged", "fragmentshown", "fragmenthidden"]) Reveal.on(event, show);
  window.addEventListener("resize", resize);
  // A question is drawn once its slide is seen, and then takes room from the text beside it.
  const drawn = new ResizeObserver(resize);
  for (const place of document.querySelectorAll(".slide-output .view")) drawn.observe(place);
  // Views look at the theme again where an attribute around them changes.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
    document.body.dataset.theme = matches ? "dark" : "light";
  });
  show();
  for (const place of document.querySelectorAll<HTMLElement>(".view")) {
    // A touch that moves in a view is the view's.
    place.dataset.preventSwipe = "";
    await page.draw(`anywidget:${place.dataset.model}`, place);
  }
  document.documentElement.dataset.hsViews = "drawn";
}

void start();

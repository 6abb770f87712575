// headstream/views/shared/draw/dom.ts
function element(tag, className = "", attributes = {}, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}
function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === void 0) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
}

// headstream/views/shared/draw/color.ts
function luminance(r, g, b) {
  const linear = (v) => v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4;
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
function themeOf(element2) {
  for (let node = element2; node; node = above(node)) {
    const channels = channelsOf(getComputedStyle(node).backgroundColor);
    if (channels && channels[3] > 0.5) return luminance(channels[0], channels[1], channels[2]) < 0.2 ? "dark" : "light";
  }
  return "light";
}
function above(node) {
  const root = node.getRootNode();
  return node.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
function channelsOf(color) {
  const found = /^(rgba?|color)\((?:[a-z][\w-]* )?([^)]*)\)$/.exec(color);
  const numbers = found?.[2].match(/[\d.]+(?:e-?\d+)?%?/g)?.map((part) => {
    return part.endsWith("%") ? Number.parseFloat(part) / 100 : Number(part);
  });
  if (!found || !numbers || numbers.length < 3) return null;
  const full = found[1] === "color" ? 255 : 1;
  return [numbers[0] * full, numbers[1] * full, numbers[2] * full, numbers[3] ?? 1];
}

// headstream/views/shared/text/tokens.ts
var INVISIBLE = /(?! )[\p{Cc}\p{Cf}\p{Zs}\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]/gu;
function writeSentence(into, sentence) {
  const parts = sentence.split(/(‘ ?[^ ’]{1,13}’|' ?[^ ']{1,13}')/);
  into.replaceChildren(...parts.map((part, at) => at % 2 ? element("span", "hs-quoted", {}, part) : part));
}
function plain(label) {
  return label.replace(INVISIBLE, (character) => {
    const code = character.codePointAt(0);
    if (character === "\n") return "↵";
    if (character === "	") return "⇥";
    if (code < 32) return String.fromCharCode(9216 + code);
    if (code === 127) return "␡";
    return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
  });
}

// headstream/views/shared/wire/arrays.ts
var MOST_DEFLATED = 1032;
var LARGE = 2 ** 17;
var Damaged = class extends Error {
};
var BYTES = { uint8: 1, uint16: 2, int32: 4, float16: 2, float32: 4 };
function inflatedAhead(value) {
  const wire = value;
  const isLarge = wire?.deflated && wire.data instanceof DataView && wire.data.byteLength >= LARGE;
  return isLarge ? natively(wire).catch(() => value) : null;
}
async function natively(wire) {
  const { shape, dtype, data } = wire;
  const wanted = shape.reduce((product, count) => product * count, BYTES[dtype]);
  if (!(wanted <= MOST_DEFLATED * data.byteLength)) return wire;
  const bytes = new Uint8Array(wanted);
  const sent = new ReadableStream({
    start(stream) {
      stream.enqueue(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      stream.close();
    }
  });
  const reader2 = sent.pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let at = 0;
  for (let piece = await reader2.read(); !piece.done; piece = await reader2.read()) {
    bytes.set(piece.value, at);
    at += piece.value.length;
  }
  return at === wanted ? { ...wire, deflated: false, data: new DataView(bytes.buffer) } : wire;
}
function numbersOf(length, value) {
  const out = new Float32Array(length);
  for (let i = 0; i < length; i++) out[i] = value(i);
  return out;
}
var PROBABILITIES = numbersOf(256, (byte) => (byte / 255) ** 2);
function shown(value) {
  const text2 = typeof value === "string" ? `'${value}'` : JSON.stringify(value) ?? String(value);
  return text2.length > 60 ? `one ${typeof value}` : text2;
}

// headstream/views/shared/wire/readers.ts
function reader(expected, fits) {
  return (value, name) => {
    if (!fits(value)) throw new Damaged(`${name}: expected ${expected}, got ${shown(value)}`);
    return value;
  };
}
var isText = (value) => typeof value === "string";
var isWhole = (value) => Number.isInteger(value);
var text = reader("a text", isText);
var flag = reader("true or false", (value) => typeof value === "boolean");
var whole = reader("a whole number", isWhole);
var number = reader("a number", (value) => Number.isFinite(value));
var texts = reader(
  "a list of texts",
  (value) => Array.isArray(value) && value.every(isText)
);
var wholes = reader(
  "a list of whole numbers",
  (value) => Array.isArray(value) && value.every(isWhole)
);
var vocabulary = reader(
  "texts by token id",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText)
);

// headstream/views/shared/frame/focus.ts
function keepingFocus(root, change) {
  const tree = root.getRootNode();
  const before = tree.activeElement;
  const key = root.contains(before) ? before?.closest("[data-key]")?.dataset.key : void 0;
  change();
  if (key === void 0 || before?.isConnected && tree.activeElement === before) return;
  root.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

// headstream/views/shared/frame/layout.ts
var LAID_OUT = "headstream:laid-out";
var waiting = /* @__PURE__ */ new Set();
var observer = null;
function afterLayout(run) {
  waiting.add(run);
  observer ??= observing();
  observer.observe(document.documentElement);
}
function observing() {
  document.addEventListener(LAID_OUT, runAll);
  return new ResizeObserver((_, observed) => {
    observed.disconnect();
    runAll();
  });
}
function runAll() {
  const runs = [...waiting];
  waiting.clear();
  for (const run of runs) run();
}

// headstream/views/shared/frame/lecture.ts
var NORMAL = 13;
var LARGE2 = 22;
var AROUND = { "--jp-code-font-size": 1, "--jp-content-font-size1": 1, "--jp-cell-prompt-width": 5 };
var NARROWEST = 68;
var SharedLecture = class {
  constructor(owner, host, signal, changed) {
    this.owner = owner;
    this.host = host;
    this.signal = signal;
    this.changed = changed;
  }
  owner;
  host;
  signal;
  changed;
  model = null;
  /** Resolves when the model has been found, or is known to be missing: then the view's own size is all there is. */
  async follow() {
    let model;
    try {
      model = await this.host.getModel(this.owner.get("lecture"));
    } catch {
      return;
    }
    if (this.signal.aborted) return;
    this.model = model;
    model.on("change:font_size", this.changed);
    this.signal.addEventListener("abort", () => model.off("change:font_size", this.changed));
    if (this.least) this.changed();
  }
  get least() {
    return this.model?.get("font_size") ?? 0;
  }
  /** The size of a view's type, whose own is given. */
  fontSize(own) {
    return Math.max(own, this.least);
  }
  /** What the notebook around a view prints is as large as the views, where a hundred characters of it fit on a line. */
  sizeAround(view) {
    const notebook = view.closest(".jp-Notebook");
    if (!notebook || !this.model) return;
    const fitting = Math.floor(notebook.clientWidth / NARROWEST);
    const size = Math.max(NORMAL, Math.min(this.least, fitting));
    const large = this.least > NORMAL;
    notebook.toggleAttribute("data-hs-lecture", large);
    for (const [name, times] of Object.entries(AROUND)) {
      const wanted = large ? `${times * size}px` : "";
      if (notebook.style.getPropertyValue(name) !== wanted) notebook.style.setProperty(name, wanted);
    }
  }
  /** For the whole notebook; for this view where it stands alone. */
  toggle() {
    if (this.model) this.model.set("font_size", this.least ? null : LARGE2);
    else this.owner.set("font_size", this.owner.get("font_size") >= LARGE2 ? NORMAL : LARGE2);
    (this.model ?? this.owner).save_changes();
  }
};

// headstream/views/shared/parts/controls.ts
function action(label, name, run) {
  const word = /\p{L}/u.test(label) && !name.toLowerCase().includes(label.toLowerCase());
  const spoken = word ? `${label}: ${name}` : name;
  const attributes = { type: "button", "aria-label": spoken, title: name, "data-key": `action-${name}` };
  const button = element("button", "hs-button", attributes, label);
  button.addEventListener("click", run);
  return button;
}

// headstream/views/shared/frame/save.ts
var PAINTED = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "paint-order",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor"
];
var MARGIN = 12;
function toSvg(root, background) {
  const inner = root.getBoundingClientRect();
  const frame = new DOMRect(inner.x - MARGIN, inner.y - MARGIN, inner.width + 2 * MARGIN, inner.height + 2 * MARGIN);
  const out = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width: frame.width,
    height: frame.height,
    viewBox: `0 0 ${frame.width} ${frame.height}`
  });
  out.append(svg("rect", { width: frame.width, height: frame.height, fill: background }));
  copy(root, out, frame, frame);
  return out;
}
function seen(box, sight) {
  const [x, y] = [Math.max(box.left, sight.left), Math.max(box.top, sight.top)];
  return new DOMRect(x, y, Math.min(box.right, sight.right) - x, Math.min(box.bottom, sight.bottom) - y);
}
function copy(node, out, frame, around) {
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || box.width === 0 || box.height === 0) return;
  if (node.hasAttribute("data-hs-unsaved")) return;
  const left = seen(box, around);
  if (left.width <= 0 || left.height <= 0) return;
  if (node instanceof HTMLCanvasElement && left.width * left.height < 0.5 * box.width * box.height) return;
  const sight = style.overflowY === "visible" ? around : left;
  const x = box.left - frame.left;
  const y = box.top - frame.top;
  if (node instanceof HTMLCanvasElement) {
    const href = node.toDataURL("image/png");
    const place = { x, y, width: box.width, height: box.height, preserveAspectRatio: "none" };
    out.append(
      svg("image", { ...place, href, opacity: style.opacity, style: `image-rendering:${style.imageRendering}` })
    );
    return;
  }
  if (node instanceof SVGSVGElement) {
    const copied = node.cloneNode(true);
    const originals = node.querySelectorAll("*");
    copied.querySelectorAll("*").forEach((child, index) => {
      const computed = getComputedStyle(originals[index]);
      for (const name of PAINTED) child.setAttribute(name, computed.getPropertyValue(name));
      child.removeAttribute("style");
    });
    for (const [name, value] of Object.entries({ x, y, width: box.width, height: box.height })) {
      copied.setAttribute(name, String(value));
    }
    out.append(copied);
    return;
  }
  paintBox(style, x, y, box, out);
  for (const child of node.childNodes) {
    if (child instanceof Element) copy(child, out, frame, sight);
    else if (child instanceof Text) paintText(child, style, out, frame, sight);
  }
}
function paintBox(style, x, y, box, out) {
  const filled2 = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
  const radius = Number.parseFloat(style.borderTopLeftRadius) || 0;
  if (filled2) {
    out.append(svg("rect", { x, y, width: box.width, height: box.height, rx: radius, fill: style.backgroundColor }));
  }
  const outlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
  const sides = [
    [style.borderTopWidth, style.borderTopStyle, style.borderTopColor, x, y, x + box.width, y],
    [
      style.borderBottomWidth,
      style.borderBottomStyle,
      style.borderBottomColor,
      x,
      y + box.height,
      x + box.width,
      y + box.height
    ],
    [style.borderLeftWidth, style.borderLeftStyle, style.borderLeftColor, x, y, x, y + box.height],
    [
      style.borderRightWidth,
      style.borderRightStyle,
      style.borderRightColor,
      x + box.width,
      y,
      x + box.width,
      y + box.height
    ]
  ];
  for (const [width, kind, stroke, x1, y1, x2, y2] of sides) {
    if (kind !== "none" && Number.parseFloat(width) > 0)
      out.append(svg("line", { x1, y1, x2, y2, stroke, "stroke-width": width }));
  }
  if (outlined) {
    const attributes = {
      x,
      y,
      width: box.width,
      height: box.height,
      rx: radius,
      fill: "none",
      stroke: style.outlineColor
    };
    out.append(svg("rect", { ...attributes, "stroke-width": style.outlineWidth }));
  }
}
function paintText(text2, style, out, frame, sight) {
  for (const { content, left, baseline } of lines(text2, Number.parseFloat(style.fontSize))) {
    if (baseline < sight.top || baseline > sight.bottom) continue;
    const attributes = {
      x: left - frame.left,
      y: baseline - frame.top,
      ...filled(style.color),
      "font-family": style.fontFamily,
      "font-size": style.fontSize,
      "font-weight": style.fontWeight,
      "font-style": style.fontStyle,
      "xml:space": "preserve"
    };
    out.append(svg("text", attributes, content));
  }
}
function filled(color) {
  const [red, green, blue, alpha] = channelsOf(color) ?? [0, 0, 0, 1];
  const fill = `rgb(${[red, green, blue].map(Math.round).join(", ")})`;
  return { fill, "fill-opacity": alpha < 1 ? alpha : void 0 };
}
function lines(text2, fontSize) {
  const result = [];
  const range = document.createRange();
  let offset = 0;
  for (const character of text2.data) {
    range.setStart(text2, offset);
    offset += character.length;
    range.setEnd(text2, offset);
    const box = range.getClientRects()[0];
    if (!box || box.width === 0) continue;
    const last = result.at(-1);
    if (last && Math.abs(last.top - box.top) < 2) last.content += character;
    else
      result.push({
        content: character,
        left: box.left,
        top: box.top,
        baseline: box.top + box.height / 2 + 0.34 * fontSize
      });
  }
  return result;
}
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e3);
}
function source(root, background) {
  const text2 = new XMLSerializer().serializeToString(toSvg(root, background));
  return text2.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "�");
}
function saveSvg(root, background, name) {
  download(new Blob([source(root, background)], { type: "image/svg+xml" }), `${name}.svg`);
}
async function savePng(root, background, name) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(source(root, background))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 2 * image.width;
  canvas.height = 2 * image.height;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve));
  if (blob) download(blob, `${name}.png`);
}

// headstream/views/shared/frame/menu.ts
function menu(traits, lecture, root, figure, name) {
  const background = () => getComputedStyle(root).getPropertyValue("--hs-paper").trim();
  const list = element(
    "div",
    "hs-menu-list",
    {},
    action("Lecture size", "Larger or normal type in the whole notebook", () => lecture.toggle()),
    action("Whole view", "The whole view, or no more than the window holds", () => {
      traits.set({ whole: !traits.now.whole });
    }),
    action("Save as SVG", "Save the picture as SVG", () => saveSvg(figure, background(), name)),
    action("Save as PNG", "Save the picture as PNG", () => void savePng(figure, background(), name))
  );
  const summary = element("summary", "hs-button", { "aria-label": "More", "data-key": "menu" }, "⋯");
  const details = element("details", "hs-menu", {}, summary, list);
  details.addEventListener("focusout", (event) => {
    if (!details.contains(event.relatedTarget)) details.open = false;
  });
  list.addEventListener("click", () => {
    details.open = false;
  });
  return details;
}

// headstream/views/shared/frame/room.ts
var BEGINS = { little: 0, some: 24, much: 44, plenty: 60 };
function roomFor(width, fontSize) {
  const ems = width / fontSize;
  return ems < BEGINS.some ? "little" : ems < BEGINS.much ? "some" : ems < BEGINS.plenty ? "much" : "plenty";
}

// headstream/views/shared/selection.json
var selection_default = {
  layer: "the block",
  head: "a head of it",
  position: "the place where the stream is read, and from which a head attends (the query)",
  key: "the source position that a head attends to",
  token: "a vocabulary id",
  feature: "a feature's number in its dictionary",
  step: "a step of training",
  to_layer: "the block at the second end of an edge",
  to_head: "the head at the second end of an edge"
};

// headstream/views/shared/frame/selection.ts
var FIELDS = Object.keys(selection_default);
var EMPTY = Object.fromEntries(FIELDS.map((field) => [field, null]));
var PREVIEW = "headstream:preview";
function ownPins(changed) {
  const kept = { ...EMPTY };
  return {
    get: (field) => kept[field],
    set: (field, value) => {
      kept[field] = value;
    },
    save_changes: changed
  };
}
var SharedSelection = class {
  constructor(owner, host, signal, changed, sizes = {}) {
    this.owner = owner;
    this.host = host;
    this.signal = signal;
    this.changed = changed;
    this.sizes = sizes;
    this.pins = ownPins(() => this.schedule());
    const listen = (event) => {
      const { ref, part } = event.detail;
      if (ref !== this.owner.get("selection")) return;
      this.hover = part;
      this.schedule();
    };
    document.addEventListener(PREVIEW, listen, { signal });
    owner.on("change:selection", this.follow);
    signal.addEventListener("abort", () => {
      cancelAnimationFrame(this.frame);
      owner.off("change:selection", this.follow);
      this.unfollow();
    });
  }
  owner;
  host;
  signal;
  changed;
  sizes;
  model = null;
  pins;
  hover = null;
  frame = 0;
  generation = 0;
  /** Resolves when the selection's model has been found, or is known to be missing: then pins stay in this view. */
  follow = async () => {
    this.generation += 1;
    const generation = this.generation;
    let model;
    try {
      model = await this.host.getModel(this.owner.get("selection"));
    } catch {
      model = null;
    }
    if (generation !== this.generation || this.signal.aborted) return;
    this.unfollow();
    this.model = model;
    this.pins = model ?? ownPins(() => this.schedule());
    for (const field of FIELDS) model?.on(`change:${field}`, this.schedule);
    this.hover = null;
    this.schedule();
  };
  unfollow() {
    for (const field of FIELDS) this.model?.off(`change:${field}`, this.schedule);
    this.model = null;
  }
  schedule = () => {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.changed();
    });
  };
  /** Whether a change is still to be shown. */
  get pending() {
    return this.frame !== 0;
  }
  inRange(selection) {
    const result = { ...selection };
    for (const field of FIELDS) {
      const value = result[field];
      const size = this.sizes[field];
      if (value !== null && size !== void 0 && !(value >= 0 && value < size)) result[field] = null;
    }
    return result;
  }
  /** What is pinned. */
  pinned() {
    const result = { ...EMPTY };
    for (const field of FIELDS) result[field] = this.pins.get(field) ?? null;
    return this.inRange(result);
  }
  /** What is shown: the preview where there is one, else what is pinned. */
  current() {
    const pinned = this.pinned();
    if (!this.hover) return pinned;
    const merged = this.inRange({ ...EMPTY, ...this.hover });
    for (const field of FIELDS) {
      const given = this.hover[field];
      if (given === void 0 || given !== null && merged[field] === null) merged[field] = pinned[field];
    }
    return merged;
  }
  get previewing() {
    return this.hover !== null;
  }
  preview(part) {
    const detail = { ref: this.owner.get("selection"), part };
    document.dispatchEvent(new CustomEvent(PREVIEW, { detail }));
  }
  pin(part) {
    for (const field of FIELDS) {
      const value = part[field];
      if (value !== void 0) this.pins.set(field, value);
    }
    this.pins.save_changes();
    this.preview(null);
  }
  clear() {
    this.pin(EMPTY);
  }
};

// headstream/views/shared/frame/sight.ts
var AROUND2 = 40;
var TALL = "100000px";
function scrollerOf(element2) {
  const boxes = [];
  for (let node = above(element2); node && node !== document.body; node = above(node)) {
    if (/auto|scroll/.test(getComputedStyle(node).overflowY)) boxes.push(node);
  }
  const before = boxes.map((box) => box.clientHeight);
  element2.style.minHeight = TALL;
  const fixed = boxes.filter((box, index) => box.clientHeight > 0 && box.clientHeight === before[index]);
  element2.style.minHeight = "";
  return fixed.at(-1) ?? null;
}
function heightInSight(scroller) {
  const framed = window.top !== window;
  const height = scroller?.clientHeight ?? (framed ? 0.8 * screen.availHeight : window.innerHeight);
  return height > 0 ? Math.max(0, height - AROUND2) : null;
}

// headstream/views/shared/frame/traits.ts
var Traits = class {
  /** `changed` is called for every change of a trait, wherever it came from. */
  constructor(model, readers, signal, changed) {
    this.model = model;
    this.readers = readers;
    this.now = Object.defineProperties(
      {},
      Object.fromEntries(Object.keys(readers).map((name) => [name, { enumerable: true, get: () => this.get(name) }]))
    );
    for (const name of Object.keys(readers)) {
      const listener = () => {
        this.read.delete(name);
        changed(name);
      };
      model.on(`change:${name}`, listener);
      signal.addEventListener("abort", () => model.off(`change:${name}`, listener));
    }
  }
  model;
  readers;
  /** What the model holds, read. Throws Damaged for a trait that cannot be. */
  now;
  read = /* @__PURE__ */ new Map();
  /** Large arrays that came deflated: `whole` is the same until it is inflated. */
  ahead = /* @__PURE__ */ new Map();
  /** Resolves when the large arrays that have come are inflated; null where there are none. One that is read before is inflated by then. */
  inflating() {
    for (const name of Object.keys(this.readers)) {
      const sent = this.model.get(name);
      if (this.read.has(name) || this.ahead.get(name)?.sent === sent) continue;
      const inflated = inflatedAhead(sent)?.then((whole2) => void Object.assign(one, { whole: whole2, coming: null }));
      const one = { sent, whole: sent, coming: inflated ?? null };
      if (inflated) this.ahead.set(name, one);
    }
    const coming = [...this.ahead.values()].flatMap((one) => one.coming ?? []);
    return coming.length ? Promise.all(coming) : null;
  }
  get(name) {
    if (!this.read.has(name)) {
      const sent = this.model.get(name);
      const ahead = this.ahead.get(name);
      this.ahead.delete(name);
      this.read.set(name, this.readers[name](ahead?.sent === sent ? ahead?.whole : sent, name));
    }
    return this.read.get(name);
  }
  /** Sets traits on the page only, as while a slider is dragged. */
  try(values) {
    for (const [name, value] of Object.entries(values)) this.model.set(name, value);
  }
  /** Sets traits, and tells Python. */
  set(values) {
    this.try(values);
    this.model.save_changes();
  }
};

// headstream/views/shared/frame/view.ts
var COMMON = { title: text, font_size: number, whole: flag };
var LEAST = 14;
var LOW = 34;
var THEME_ATTRIBUTES = ["class", "style", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
function defineView({ name, readers, structure, create: create2 }) {
  return {
    async render({ model, el, host, signal }) {
      const heading = element("div", "hs-title");
      const picture = element("div", "hs-picture");
      const readout = element("div", "hs-readout", { role: "status", "aria-live": "polite", tabindex: -1 });
      const legend = element("div", "hs-legend");
      const controls = element("div", "hs-controls", { "data-hs-unsaved": true });
      const figure = element("div", "hs-figure", {}, heading, picture, legend, readout);
      const root = element("div", `headstream hs-${name}`, { role: "figure" }, figure, controls);
      el.append(root);
      let built = null;
      let drawn = false;
      let measured = false;
      let pending = 0;
      let onPage = false;
      let scroller;
      const clearing = [];
      const schedule = () => {
        cancelAnimationFrame(pending);
        pending = requestAnimationFrame(refresh);
        busy();
      };
      const remeasure = () => {
        measured = false;
        schedule();
      };
      const busy = () => root.toggleAttribute("data-busy", pending !== 0 || selection.pending);
      const select = () => {
        if (drawn && pending === 0) view.select(selection.current(), selection.pinned());
        busy();
      };
      const selection = new SharedSelection(model, host, signal, select);
      const lecture = new SharedLecture(model, host, signal, remeasure);
      const common = new Traits(model, COMMON, signal, remeasure);
      const traits = new Traits(model, readers, signal, schedule);
      const frame = {
        traits: traits.now,
        set: (values) => traits.set(values),
        attempt: (values) => traits.try(values),
        picture,
        controls,
        legend,
        selection,
        host,
        model,
        signal,
        theme: "light",
        fontSize: 13,
        width: 0,
        height: null,
        room: "much",
        heightLeft() {
          const left = frame.height === null ? null : leftOf(frame.height);
          const written = left === null ? "none" : `${left}px`;
          if (root.style.getPropertyValue("--hs-left") !== written) root.style.setProperty("--hs-left", written);
          return left;
        },
        fit: () => afterLayout(fit),
        title(text2) {
          const wanted = plain(common.now.title || text2);
          if (heading.textContent === wanted) return;
          writeSentence(heading, wanted);
          root.setAttribute("aria-label", wanted);
        },
        say(text2) {
          if (readout.textContent !== text2) writeSentence(readout, text2);
        },
        onClear: (run) => clearing.push(run),
        reselect: select
      };
      function leftOf(height2) {
        const others = root.getBoundingClientRect().height - picture.getBoundingClientRect().height;
        return Math.floor(Math.max(LEAST * frame.fontSize, height2 - others));
      }
      function fit() {
        const left = frame.heightLeft();
        picture.toggleAttribute("data-scrolled", left !== null && picture.scrollHeight > left);
      }
      function measure() {
        frame.theme = themeOf(el);
        lecture.sizeAround(root);
        frame.fontSize = Number(el.dataset.hsFontSize ?? lecture.fontSize(common.now.font_size));
        root.dataset.theme = frame.theme;
        root.style.setProperty("--headstream-font-size", `${frame.fontSize}px`);
        frame.width = Math.floor(root.clientWidth);
        measured = frame.width > 0;
        if (measured) frame.height = height();
        frame.room = roomFor(frame.width, frame.fontSize);
        root.dataset.room = frame.room;
        root.toggleAttribute("data-low", frame.height !== null && frame.height < LOW * frame.fontSize);
      }
      function height() {
        const { hsHeight } = el.dataset;
        if (hsHeight !== void 0) return hsHeight === WHOLE ? null : Number(hsHeight);
        if (scroller === void 0) {
          scroller = scrollerOf(root);
          if (scroller) resize.observe(scroller);
        }
        return common.now.whole ? null : heightInSight(scroller);
      }
      function draw() {
        drawn = false;
        if (!measured) measure();
        if (!measured) return;
        const wanted = JSON.stringify([frame.width, frame.height, frame.fontSize, structure(traits.now)]);
        if (wanted !== built) {
          built = null;
          view.build();
        }
        view.paint();
        frame.fit();
        built = wanted;
        drawn = true;
      }
      function refresh() {
        const inflating = traits.inflating();
        if (inflating) {
          inflating.then(() => signal.aborted || schedule());
          return;
        }
        pending = 0;
        try {
          keepingFocus(root, draw);
        } catch (error) {
          if (!(error instanceof Damaged)) throw error;
          built = null;
          const sentence = `This view cannot be drawn, for what was saved of it is damaged: ${plain(error.message)}.`;
          picture.replaceChildren(element("p", "hs-damaged", { role: "alert" }, sentence));
          legend.replaceChildren();
        }
        select();
      }
      const view = create2(frame);
      controls.append(menu(common, lecture, root, figure, name));
      const resized = () => {
        const width = Math.floor(root.clientWidth);
        if (width !== frame.width || width > 0 && height() !== frame.height) remeasure();
      };
      const resize = new ResizeObserver(() => {
        arrive();
        resized();
      });
      resize.observe(root);
      window.addEventListener("resize", resized, { signal });
      const shaded = () => {
        if (themeOf(el) !== frame.theme) remeasure();
      };
      const theme = new MutationObserver(shaded);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", shaded, { signal });
      const arrival = new MutationObserver(() => {
        arrive();
        if (onPage) remeasure();
      });
      arrival.observe(document, { childList: true, subtree: true });
      arrive();
      function arrive() {
        if (onPage || !el.isConnected) return;
        onPage = true;
        arrival.disconnect();
        for (let node = above(el); node; node = above(node)) {
          if (node.getRootNode() === document && node !== document.body && node !== document.documentElement) continue;
          theme.observe(node, { attributes: true, attributeFilter: THEME_ATTRIBUTES });
        }
      }
      const arranged = new MutationObserver(remeasure);
      arranged.observe(el, { attributes: true, attributeFilter: ARRANGED });
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        for (const run of clearing) run();
        selection.clear();
        event.stopPropagation();
      });
      root.addEventListener("pointerleave", () => selection.preview(null));
      signal.addEventListener("abort", () => {
        cancelAnimationFrame(pending);
        resize.disconnect();
        theme.disconnect();
        arrival.disconnect();
        arranged.disconnect();
        root.remove();
      });
      await traits.inflating();
      if (signal.aborted) return;
      refresh();
      await Promise.all([selection.follow(), lecture.follow()]);
    }
  };
}
var ARRANGED = ["data-hs-height", "data-hs-font-size"];
var WHOLE = "whole";

// headstream/views/shared/cells/arrange.ts
var COLUMN = 24;
var ROW = 28;
var TALL2 = 34;
var GAP = 2;
var NORMAL2 = 13;
var SHARE = 0.7;
function arrange(views, width, room, wanted) {
  const inOneRow = Math.floor(width / (views * COLUMN + (views - 1) * GAP));
  const least = Math.min(NORMAL2, Math.ceil(SHARE * wanted));
  const large = wanted > NORMAL2 && inOneRow >= least;
  const asLow = room > 0 ? Math.max(least, Math.floor(room / TALL2)) : wanted;
  const em = large ? Math.min(wanted, inOneRow, asLow) : wanted;
  const fitting = large ? views : Math.floor((width + GAP * em) / ((COLUMN + GAP) * em));
  const rows = Math.ceil(views / Math.max(1, fitting));
  const columns = Math.ceil(views / rows);
  return { columns, height: columns === views ? Math.round(Math.max(ROW * em, room)) : null, em };
}

// headstream/views/shared/cells/cells.ts
function cells(frame) {
  const root = element("div", "hs-cells");
  let shown2 = [];
  let ending = new AbortController();
  frame.signal.addEventListener("abort", () => ending.abort());
  async function draw(ref, cell, signal) {
    const widget = await frame.host.getWidget(ref).catch(() => null);
    if (widget) return widget.render({ el: cell, signal });
    cell.append(element("p", "hs-damaged", { role: "alert" }, "This view is missing: run the notebook's cells again."));
  }
  return {
    root,
    place(views, room) {
      const fresh = views.join() !== shown2.join();
      if (fresh) {
        ending.abort();
        ending = new AbortController();
        shown2 = views;
        root.replaceChildren(...views.map(() => element("div", "hs-board-cell")));
      }
      const { columns, height, em } = arrange(views.length, frame.width, room ?? 0, frame.fontSize);
      root.style.gridTemplateColumns = `repeat(${columns}, minmax(0, 1fr))`;
      root.style.columnGap = `${GAP * em}px`;
      const all = [...root.children];
      for (const cell of all) {
        cell.dataset.hsFontSize = String(em);
        if (room === null) cell.dataset.hsHeight = WHOLE;
        else if (height === null) delete cell.dataset.hsHeight;
        else cell.dataset.hsHeight = String(height);
      }
      if (fresh) views.forEach((ref, index) => void draw(ref, all[index], ending.signal));
    }
  };
}

// headstream/views/board/index.ts
var READERS = { views: texts };
function create(frame) {
  const board = cells(frame);
  return {
    build() {
      frame.title("");
      if (!board.root.isConnected) frame.picture.replaceChildren(board.root);
      board.place(frame.traits.views, frame.heightLeft());
    },
    paint() {
      frame.title("");
    },
    select() {
    }
  };
}
var board_default = defineView({ name: "board", readers: READERS, structure: ({ views }) => views, create });
export {
  board_default as default
};

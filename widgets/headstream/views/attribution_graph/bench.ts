// Where groups are made of the nodes chosen, and what is grouped and pinned.
import { element } from "../shared/draw/dom";
import { action } from "../shared/parts/controls";
import { plain } from "../shared/text/tokens";

export interface GroupActs {
  group(name: string): void;
  clear(): void;
  ungroup(name: string): void;
  unpin(node: number): void;
}

export function bench(acts: GroupActs) {
  const name = element("input", "hs-search", {
    type: "text",
    maxlength: 60,
    placeholder: "Name of the group",
    "aria-label": "Name of the group",
    "data-key": "group-name",
  });
  const make = action("Group", "Group the nodes that are chosen under this name", () => submit());
  const clear = action("Clear", "Choose none", acts.clear);
  const list = element("div", "hs-graph-chips", { role: "group", "aria-label": "Groups and pinned nodes" });
  const row = element("div", "hs-graph-make", { "data-hs-unsaved": true }, name, make, clear);
  const root = element("div", "hs-graph-bench", {}, row, list);
  let chosen = 0;
  const ready = () => {
    make.disabled = !chosen || !name.value.trim();
    clear.disabled = !chosen;
  };
  function submit(): void {
    if (make.disabled) return;
    acts.group(name.value.trim());
    name.value = "";
    ready();
  }
  name.addEventListener("input", ready);
  name.addEventListener("keydown", (event) => {
    // The keys of the notebook and of the graph are letters here.
    if (event.key !== "Escape" && event.key !== "Tab") event.stopPropagation();
    if (event.key === "Enter") submit();
  });

  return {
    root,
    /** For the focus, where what had it is gone. */
    focus: () => name.focus(),
    show(count: number, groups: readonly [string, number][], pinned: readonly [number, string][]): void {
      chosen = count;
      make.textContent = count ? `Group ${count}` : "Group";
      ready();
      const chips = [
        ...groups.map(([group, size]) => {
          return chip(`${plain(group)} (${size})`, `Ungroup ${plain(group)}`, `ungroup-${group}`, () =>
            acts.ungroup(group),
          );
        }),
        ...pinned.map(([node, label]) => {
          return chip(`pinned: ${plain(label)}`, `Unpin ${plain(label)}`, `unpin-${node}`, () => acts.unpin(node));
        }),
      ];
      list.replaceChildren(...chips);
      list.hidden = !chips.length;
      root.hidden = !chips.length && !count;
    },
  };
}

function chip(text: string, name: string, key: string, run: () => void): HTMLElement {
  const label = element("span", "hs-graph-chip-name", {}, text);
  const button = element(
    "button",
    "hs-graph-off",
    { type: "button", "aria-label": name, title: name, "data-key": key },
    "×",
  );
  button.addEventListener("click", run);
  return element("span", "hs-graph-chip", {}, label, button);
}

// What is said of nodes and of what they bring one another.
import { fixed, probability } from "../shared/text/format";
import { decimalsFor, show } from "../shared/text/numbers";
import { plain, quoted, shortened, visible } from "../shared/text/tokens";
import type { Drawn, Item, Link } from "./drawn";
import type { Graph } from "./graph";

const NAMED = 3;
/** Characters of a label in a sentence. */
const LABEL = 40;
const KIND = { embed: "embedding", feature: "feature", error: "error", logit: "logit" };
const SHAPE = { embed: "■", feature: "●", error: "◇", logit: "" };
const ERROR = "what the transcoder leaves of the MLP’s output";

export class Words {
  readonly decimals: number | null;

  constructor(
    readonly graph: Graph,
    readonly tokens: readonly string[],
  ) {
    this.decimals = decimalsFor(graph.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0));
  }

  /** +1.23 */
  weight(value: number): string {
    return show(value, this.decimals, true);
  }

  value(value: number): string {
    return show(value, this.decimals, false);
  }

  token(position: number): string {
    return `${quoted(this.tokens[position])} (${position})`;
  }

  /** What it is called in a sentence: a token in quotes, a feature or a group by its label. */
  name({ group, kind, label, nodes }: Item): string {
    const text = shortened(plain(label), LABEL);
    if (group !== null) return `group ‘${text}’`;
    if (kind === "embed") return quoted(this.tokens[this.graph.nodes[nodes[0]].position]);
    if (kind === "logit") return `logit ${quoted(label)}`;
    return text || KIND[kind];
  }

  /** The same with the token where it stands. */
  placed(item: Item): string {
    return this.isPlaced(item) ? `${this.name(item)} at ${this.where(item)}` : this.name(item);
  }

  /** The same as a list has it written. */
  listed(item: Item): string {
    return this.isPlaced(item) ? `${this.name(item)} ${this.where(item)}` : this.name(item);
  }

  /** Groups and logits have no place of their own. */
  isPlaced({ group, kind }: Item): boolean {
    return group === null && kind !== "logit";
  }

  where({ kind, position }: Item): string {
    return kind === "embed" ? `position ${position}` : this.token(position);
  }

  /** In a list, with its shape in place of its kind: "● 2.17". */
  short(item: Item): string {
    if (item.group !== null || item.kind === "logit") return this.name(item);
    const text = item.kind === "embed" ? this.name(item) : written(item) || plain(item.label) || KIND[item.kind];
    return `${SHAPE[item.kind]} ${shortened(text, LABEL)}`;
  }

  /** What is known of it besides its name. */
  facts(item: Item): string[] {
    const { kind, nodes, influence } = item;
    const { layer, position, activation } = this.graph.nodes[nodes[0]];
    const reach = `influence ${probability(influence)}`;
    if (item.group !== null) return [`${nodes.length} nodes`, reach];
    if (kind === "embed") return ["embedding", `position ${position}`, reach];
    if (kind === "logit") return ["logit", `probability ${probability(activation)}`];
    // Most labels say what it is: "feature 2.17".
    const is = plain(item.label).startsWith(KIND[kind]) ? [] : [KIND[kind]];
    const fires = kind === "feature" ? [`activation ${fixed(activation, 2)}`] : [];
    return [...is, `layer ${layer}`, `at ${this.token(position)}`, ...fires, reach];
  }

  /** For a screen reader, on the item itself. */
  label(item: Item, pinned: boolean, chosen: boolean): string {
    const { kind, group, nodes } = item;
    const facts = this.facts(item);
    if (kind === "logit" && group === null) {
      // As on the mark.
      facts[1] = `${written(item)} ${probability(this.graph.nodes[nodes[0]].activation)}`;
    }
    return [this.name(item), ...facts, ...(pinned ? ["pinned"] : []), ...(chosen ? ["chosen"] : [])].join(", ");
  }

  item(item: Item, index: number, drawn: Drawn): string {
    const list = (links: readonly Link[], other: "from" | "to") => {
      const named = links
        .slice(0, NAMED)
        .map((link) => `${this.name(drawn.items[link[other]])} ${this.weight(link.weight)}`);
      const more = links.length - named.length;
      return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
    };
    const [into, out] = [drawn.into(index), drawn.outOf(index)];
    const reads = into.length ? ` Inputs: ${list(into, "from")}.` : "";
    const feeds = out.length ? ` Outputs: ${list(out, "to")}.` : "";
    const error = item.kind === "error" && item.group === null ? ` (${ERROR})` : "";
    return `${capital(this.name(item))}${error}: ${this.facts(item).join(", ")}.${reads}${feeds}`;
  }

  link(link: Link, drawn: Drawn): string {
    const [from, to] = [drawn.items[link.from], drawn.items[link.to]];
    const sum = from.group !== null || to.group !== null ? ", summed over the group" : "";
    const size = this.value(Math.abs(link.weight));
    const does = link.weight < 0 ? `takes ${size} from` : `adds ${size} to`;
    return `${capital(this.placed(from))} ${does} ${this.placed(to)}${sum}.`;
  }

  /** The items of a path, in a sentence. */
  path(path: readonly number[], drawn: Drawn): string {
    return path.map((item) => this.placed(drawn.items[item])).join(" → ");
  }
}

/** What is written on a mark: what its shape says already, "feature" and "error", is left out. */
export function written({ kind, group, label }: Pick<Item, "kind" | "group" | "label">): string {
  if (group !== null) return plain(label);
  if (kind === "logit") return visible(label);
  return plain(label).replace(kind === "error" ? /^error( \S+)?$/ : /^feature /, "");
}

export const capital = (text: string) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());

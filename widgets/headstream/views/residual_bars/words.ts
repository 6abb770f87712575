// The bars in words: what the read-out says and a screen reader hears.
import { decimalsFor, halfStep, power, show, supported } from "../shared/text/numbers";
import { plain, quoted, visible } from "../shared/text/tokens";
import type { Contributions, Row } from "./bars";

export interface Compared {
  id: string;
  name: string;
  number: string;
}

export class Words {
  private readonly decimals: number | null;
  private readonly signed: boolean;
  readonly quantity: string;

  constructor(
    private readonly data: Contributions,
    private readonly tokens: readonly string[],
    quantity: string,
  ) {
    this.quantity = plain(quantity);
    this.decimals = decimalsFor(data.largest);
    this.signed = data.signed;
  }

  /** A row's number, with no more digits than were sent. */
  number(row: Row, position: number): string {
    if (row.value === null) return "";
    return show(row.value, this.data.rounded ? this.decimalsOf(row, position) : this.decimals, this.signed);
  }

  private decimalsOf(row: Row, position: number): number | null {
    const component = row.component;
    if (row.kind === "source" && component) {
      // All sources of one head alike.
      const index = this.data.indexOf(component.layer, component.head);
      let largest = 0;
      for (let key = 0; key <= position; key++) {
        largest = Math.max(largest, Math.abs(this.data.source(index, position, key)));
      }
      return supported(this.decimals, halfStep(largest));
    }
    if (row.kind !== "rest") return this.decimals;
    const steps = row.parts.reduce((sum, part) => sum + (part.value === null ? 0 : halfStep(part.value)), 0);
    return supported(this.decimals, steps);
  }

  /** A number on the scale of one head's sources, of which this is the largest. */
  source(value: number, largest: number): string {
    return show(value, this.data.rounded ? supported(this.decimals, halfStep(largest)) : this.decimals, this.signed);
  }

  /** Characters of the widest number, sums included. */
  get width(): number {
    return show(-this.data.span, this.decimals, true).length;
  }

  /** How far those two are apart. */
  difference(value: number): string {
    const decimals = this.decimals === null ? null : this.decimals + 2;
    return decimals !== null && value >= 10 ** -decimals ? show(value, decimals, false) : power(value);
  }

  /** The sum of the bars and the exact value stand beside each other: two more decimals. */
  whole(value: number): string {
    return show(value, this.decimals === null ? null : this.decimals + 2, this.signed);
  }

  /** What is drawn, as the view's title says it. */
  get title(): string {
    return this.data.additive
      ? `What each component adds to the ${this.quantity}`
      : `${capital(this.quantity)}, by component`;
  }

  /** The sum of the bars and the exact value, to be read beside each other. */
  compared(position: number, totalName: string): Compared[] {
    const total = this.data.total(position);
    const sum = this.data.sum(position);
    const pairs: Compared[] = [];
    if (this.data.additive) pairs.push({ id: "sum", name: "sum of the bars", number: this.whole(sum) });
    if (total !== null) pairs.push({ id: "total", name: plain(totalName), number: this.whole(total) });
    if (!this.data.additive || total === null) return pairs;
    return [...pairs, { id: "difference", name: "difference", number: this.difference(Math.abs(sum - total)) }];
  }

  label(row: Row): string {
    if (row.kind === "heads") return `${row.layer}.heads`;
    if (row.kind === "smaller") return `${row.parts.length} smaller`;
    if (row.kind === "rest") return used(row) ? `${used(row)} others` : "";
    if (row.kind === "sum") return "sum";
    if (row.kind === "source") return visible(this.tokens[row.key as number]);
    if (row.kind === "note") return this.data.note;
    return plain(row.component?.label ?? "");
  }

  /** Who, at the start of a sentence. */
  name(row: Row): string {
    const { component, layer } = row;
    if (row.kind === "heads") return `The ${row.parts.length} heads of layer ${layer} together`;
    if (row.kind === "smaller") return `The ${row.parts.length} smaller components together`;
    if (row.kind === "sum") return "All components together";
    switch (component?.kind) {
      case "head":
        return `Layer ${component.layer}, head ${component.head}`;
      case "attn":
        return `The attention of layer ${component.layer}`;
      case "mlp":
        return `The MLP of layer ${component.layer}`;
      case "embed":
        return "The embedding";
      case "pos_embed":
        return "The position's vector";
      case "bias":
        return "The biases";
      default:
        return quoted(component?.label ?? "");
    }
  }

  private where(position: number): string {
    return this.tokens.length > 1 ? `, at ${quoted(this.tokens[position])} (position ${position})` : "";
  }

  sentence(row: Row, position: number): string {
    const number = this.number(row, position);
    const where = this.where(position);
    const many = row.kind === "heads" || row.kind === "smaller" || row.kind === "sum";
    if (row.kind === "note") return this.data.note;
    if (row.kind === "rest" && used(row) === 0) return "";
    const from =
      row.kind === "source"
        ? ` from ${quoted(this.tokens[row.key as number])} (position ${row.key})`
        : row.kind === "rest"
          ? ` from its ${used(row)} other tokens`
          : "";
    if (!this.data.additive) {
      if (row.value === null) return `${this.name(row)}: the largest is ${this.largest(row, position)}${where}.`;
      return `${this.name(row)}${from}: ${number} (${this.quantity})${where}.`;
    }
    const verb = from ? "brings" : many ? "add" : "adds";
    const largest = row.kind === "heads" ? ` The largest is ${this.largest(row, position)}.` : "";
    return `${this.name(row)} ${verb} ${number}${from} to the ${this.quantity}${where}.${largest}`;
  }

  private largest(row: Row, position: number): string {
    const part = row.parts.reduce((best, other) => (other.size > best.size ? other : best));
    const number = this.number({ ...part, depth: 0, from: 0, to: 0 }, position);
    return part.component?.kind === "head" ? `head ${part.component.head}, ${number}` : number;
  }

  /** When nothing is pointed at: the whole, and its largest parts. */
  overview(rows: Row[], position: number): string {
    const parts = rows
      .filter((row) => row.kind === "component" && row.depth === 0 && row.value !== 0)
      .concat(rows.filter((row) => row.kind === "heads"))
      .sort((a, b) => b.size - a.size)
      .slice(0, 3)
      .map((row) => `${this.label(row)} ${this.number(row, position)}`.trim());
    const whole = this.data.total(position) ?? (this.data.additive ? this.data.sum(position) : null);
    const where = this.where(position).replace(/^, /, " ");
    const largest = `argest: ${parts.join(", ") || "nothing"}.`;
    if (whole === null || !this.data.additive) return `${capital(this.quantity)}${where}: l${largest}`;
    return `The ${this.quantity} is ${show(whole, this.decimals, false)}${where}. L${largest}`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function used(row: Row): number {
  return row.parts.filter(({ kind }) => kind !== "empty").length;
}

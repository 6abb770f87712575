// What is said of heads and of what they read of one another.
import { fixed } from "../shared/text/format";
import { quoted } from "../shared/text/tokens";
import type { Edge, Edges } from "./edges";

/** What a later head reads by it. */
export const AS = ["query", "key", "value"] as const;
const NAMED = 3;

/** .051; numbers from 1 on keep what is before the point. */
export function short(value: number, decimals: number): string {
  return fixed(value, decimals).replace(/^(−?)0\./, "$1.");
}

export class Words {
  constructor(
    private readonly edges: Edges,
    private readonly roles: readonly string[],
    readonly decimals: number,
  ) {}

  /** 1.6 */
  name(index: number): string {
    const { layer, head } = this.edges.heads[index];
    return `${layer}.${head}`;
  }

  role(index: number): string {
    return this.roles[index] ?? "";
  }

  /** 1.6 induction */
  label(index: number): string {
    return `${this.name(index)} ${this.role(index)}`.trim();
  }

  number(value: number): string {
    return short(value, this.decimals);
  }

  /** .051 ± .001 */
  null({ null: mean, sd }: Edge): string {
    return `${this.number(mean)} ± ${this.number(sd)}`;
  }

  /** How many standard deviations of the null a score is above it. */
  deviations({ excess, sd }: Edge): string {
    const many = excess / sd;
    return sd > 0 ? `${fixed(many, Math.abs(many) < 10 ? 1 : 0)} sd` : "no sd";
  }

  edge(edge: Edge): string {
    const { from, to, read, score } = edge;
    const earlier = this.name(from);
    const { copying, matching } = this.edges.virtual(edge);
    const reads = `${this.label(to)} reads what ${this.label(from)} writes as its ${AS[read]}: ${this.number(score)}, `;
    const does = `${copies(copying)} (${share(copying)})`;
    const looks = `${matches(matching, earlier)} (${share(matching)})`;
    return `${reads}null ${this.null(edge)}. The virtual head ${does}; by its key it ${looks}.`;
  }

  /** What of the edges drawn enter and leave a head. */
  node(index: number, drawn: readonly Edge[]): string {
    const list = (edges: Edge[], other: (edge: Edge) => number) => {
      const named = edges.slice(0, NAMED).map((edge) => {
        return `${this.name(other(edge))} as ${AS[edge.read]} (${this.number(edge.score)})`;
      });
      const more = edges.length - named.length;
      return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
    };
    const into = drawn.filter(({ to }) => to === index);
    const out = drawn.filter(({ from }) => from === index);
    const reads = into.length ? `reads ${list(into, ({ from }) => from)}` : "reads no head in an edge drawn";
    const read = out.length ? `It is read by ${list(out, ({ to }) => to)}.` : "No edge drawn leaves it.";
    return `${this.label(index)} ${reads}. ${read}`;
  }

  /** The three patterns at one query, or at one cell. */
  patterns(
    { from, to }: Edge,
    weight: (which: number, key: number) => number,
    tokens: readonly string[],
    query: number,
  ) {
    const most = (which: number) => {
      let best = 0;
      for (let key = 1; key < tokens.length; key++) if (weight(which, key) > weight(which, best)) best = key;
      return `${quoted(tokens[best])} (${short(weight(which, best), 2)})`;
    };
    const names = `${this.name(from)} attends most to ${most(0)}, ${this.name(to)} to ${most(1)}`;
    return `At ${quoted(tokens[query])} (position ${query}), ${names}, both in turn to ${most(2)}.`;
  }

  cell(
    { from, to }: Edge,
    which: number,
    weight: number,
    tokens: readonly string[],
    query: number,
    key: number,
  ): string {
    const who = [this.name(from), this.name(to), `${this.name(to)} and then ${this.name(from)}`][which];
    const verb = which === 2 ? "attend" : "attends";
    return `At ${quoted(tokens[query])} (position ${query}), ${who} ${verb} ${short(weight, 2)} to ${quoted(tokens[key])} (position ${key}).`;
  }
}

/** A share of eigenvalues, Σλ / Σ|λ|, and what it tells. */
export const share = (value: number) => (value > 0 ? `+${short(value, 2)}` : short(value, 2));

/** From here on, most of the eigenvalues' weight is on one side. */
const CLEAR = 0.5;

export function copies(copying: number): string {
  if (copying >= CLEAR) return "copies tokens";
  return copying <= -CLEAR ? "suppresses tokens" : "neither copies nor suppresses";
}

export function matches(matching: number, earlier: string): string {
  if (matching >= CLEAR) return `looks for the token that ${earlier} moved`;
  return matching <= -CLEAR ? `avoids the token that ${earlier} moved` : `does not look for what ${earlier} moved`;
}

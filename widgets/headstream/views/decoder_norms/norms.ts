// Where decoders are long: the shares of the places, and one number that says where their middle is.
import { fixed } from "../shared/text/format";
import { plain, shortened } from "../shared/text/tokens";

/** Characters of a place's name in a sentence. */
const CHARACTERS = 32;
export const BINS = 40;

export class Norms {
  readonly count: number;
  readonly places: number;

  constructor(
    private readonly norms: ArrayLike<number>,
    private readonly names: readonly string[],
  ) {
    this.places = names.length;
    this.count = norms.length / this.places;
  }

  /** The share of each place; where all norms are 0, the same for each. */
  shares(feature: number): number[] {
    const own = Array.from({ length: this.places }, (_, place) => this.norms[feature * this.places + place]);
    const total = own.reduce((sum, norm) => sum + norm, 0);
    return own.map((norm) => (total > 0 ? norm / total : 1 / this.places));
  }

  /** From 0, all in the first place, to 1, all in the last. */
  centre(feature: number): number {
    return this.shares(feature).reduce((sum, share, place) => sum + (share * place) / (this.places - 1), 0);
  }

  /** How many features have their centre in each bin. */
  histogram(): number[] {
    const counts = new Array(BINS).fill(0);
    for (let feature = 0; feature < this.count; feature++) counts[this.bin(this.centre(feature))] += 1;
    return counts;
  }

  bin(centre: number): number {
    return Math.min(BINS - 1, Math.max(0, Math.floor(centre * BINS)));
  }

  within(low: number, high: number): number[] {
    return Array.from({ length: this.count }, (_, feature) => feature).filter((feature) => {
      const centre = this.centre(feature);
      return centre >= low && centre <= high;
    });
  }

  /** What the number along the axis is. */
  get axis(): string {
    const last = this.named(this.places - 1);
    return this.places === 2
      ? `share of the decoder's norm in ${last}`
      : "mean place, weighted by the decoder's norm there";
  }

  sentence(feature: number): string {
    const shares = this.shares(feature).map((share, place) => `${fixed(100 * share, 0)} % in ${this.named(place)}`);
    return `Feature ${feature} has ${shares.join(", ")} of its decoder's norm.`;
  }

  private named(place: number): string {
    return shortened(plain(this.names[place]), CHARACTERS);
  }
}

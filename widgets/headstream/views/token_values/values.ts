// The numbers behind the colours.
import type { Quantity } from "../shared/draw/encoding";
import { decimalsFor, show } from "../shared/text/numbers";

export class Values {
  private readonly limit: number;
  private readonly signed: boolean;
  private readonly decimals: number | null;

  constructor(private readonly values: ArrayLike<number>) {
    const sizes = Array.from(values, Math.abs);
    this.limit = Math.max(...sizes) || 1;
    this.signed = Array.from(values).some((value) => value < 0);
    this.decimals = decimalsFor(this.limit);
  }

  at(position: number): number {
    return this.values[position];
  }

  /** A number in the digits that the largest one allows. */
  shown(position: number): string {
    return this.text(this.values[position]);
  }

  private text(value: number): string {
    return show(value, this.decimals, this.signed);
  }

  /** The position of the largest |number|. */
  largest(): number {
    let best = 0;
    for (let i = 1; i < this.values.length; i++) {
      if (Math.abs(this.values[i]) > Math.abs(this.values[best])) best = i;
    }
    return best;
  }

  /** From 0 up on one colour, or around 0 on two. */
  scale(): Omit<Quantity, "name"> {
    const { limit, signed } = this;
    const place = signed ? (value: number) => 0.5 + (0.5 * value) / limit : (value: number) => value / limit;
    const marks = signed ? [-limit, 0, limit] : [0, limit];
    const ticks = marks.map((value) => ({ at: place(value), label: value ? this.text(value) : "0" }));
    return { scale: signed ? "diverging" : "sequential", place, ticks };
  }
}

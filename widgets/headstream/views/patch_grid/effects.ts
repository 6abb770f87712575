// What each cell restores, as numbers.
import type { Quantity } from "../shared/draw/encoding";
import { fixed, signed } from "../shared/text/format";

export type Unit = "share" | "logit";

export interface Cell {
  row: number;
  position: number;
}

/** A share in two decimals without the zero before the point: "+.31", "−.04", "+1.02", "0". */
export function share(value: number): string {
  return Number(value.toFixed(2)) === 0 ? "0" : signed(value, 2).replace(/^([+−])0/, "$1");
}

export class Effects {
  private readonly limits: Record<Unit, number>;

  constructor(
    private readonly patched: ArrayLike<number>,
    readonly rows: number,
    readonly positions: number,
    readonly clean: number,
    readonly corrupted: number,
  ) {
    const largest = Array.from(patched).reduce((most, value) => Math.max(most, Math.abs(value - corrupted)), 0) || 1;
    this.limits = { logit: largest, share: largest / Math.abs(clean - corrupted) };
  }

  /** The number itself, with that write patched. */
  number({ row, position }: Cell): number {
    return this.patched[row * this.positions + position];
  }

  value(cell: Cell, unit: Unit): number {
    const added = this.number(cell) - this.corrupted;
    return unit === "logit" ? added : added / (this.clean - this.corrupted);
  }

  shown(cell: Cell, unit: Unit): string {
    return this.text(this.value(cell, unit), unit);
  }

  text(value: number, unit: Unit): string {
    return unit === "share" ? share(value) : Number(value.toFixed(2)) === 0 ? "0" : signed(value, 2);
  }

  /** The cell of the largest |effect|, of a row or column where one is given. */
  largest(row: number | null, position: number | null): Cell {
    const rows = row === null ? Array.from({ length: this.rows }, (_, index) => index) : [row];
    const columns = position === null ? Array.from({ length: this.positions }, (_, index) => index) : [position];
    const cells = rows.flatMap((row) => columns.map((position) => ({ row, position })));
    const size = (cell: Cell) => Math.abs(this.number(cell) - this.corrupted);
    return cells.reduce((best, cell) => (size(cell) > size(best) ? cell : best));
  }

  scale(unit: Unit): Quantity {
    const limit = this.limits[unit];
    // Blue is towards the clean run's answer, in logits too.
    const sign = unit === "logit" && this.clean < this.corrupted ? -1 : 1;
    const place = (value: number) => 0.5 + (0.5 * sign * value) / limit;
    return {
      name: unit === "share" ? "share of the answer restored" : "added to the corrupted run's number",
      scale: "diverging",
      place,
      ticks: [-sign * limit, 0, sign * limit].map((value) => ({ at: place(value), label: this.text(value, unit) })),
    };
  }

  /** "from −2.25 to 4.10, where the clean run has 7.50". */
  course(cell: Cell): string {
    return `from ${fixed(this.corrupted, 2)} to ${fixed(this.number(cell), 2)}, where the clean run has ${fixed(this.clean, 2)}`;
  }
}

// What is pointed at, in a sentence.
import { plain, quoted } from "../shared/text/tokens";
import { type Effects, share } from "./effects";
import type { Part, Place, Prompts } from "./grid";

export class Words {
  constructor(
    private readonly effects: Effects,
    private readonly parts: readonly Part[],
    private readonly prompts: Prompts,
    private readonly quantity: string,
  ) {}

  sentence({ row, position }: Place): string {
    if (row === null && position === null) return `${this.most(null, null)} Point at a cell; click to keep it.`;
    if (row === null || position === null) return this.most(row, position);
    const cell = { row, position };
    const part = capital(this.parts[row].name);
    return `${part} at ${this.place(position)}: patched from the clean run, it takes the ${plain(this.quantity)} ${this.effects.course(cell)}: ${share(this.effects.value(cell, "share"))} of the way.`;
  }

  private most(row: number | null, position: number | null): string {
    const cell = this.effects.largest(row, position);
    const value = `${share(this.effects.value(cell, "share"))} of the way back to the clean run`;
    const part = this.parts[cell.row].name;
    if (row === null && position === null) return `Most is done by ${part} at ${this.place(cell.position)}: ${value}.`;
    if (row === null) return `${capital(this.place(cell.position))}: most is done by ${part}, ${value}.`;
    return `${capital(part)}: most at ${this.place(cell.position)}, ${value}.`;
  }

  private place(position: number): string {
    const { clean, corrupted, readAt } = this.prompts;
    const read = position === readAt ? ", where the number is read" : "";
    const one = quoted(clean[position]);
    const differs = clean[position] !== corrupted[position];
    const tokens = differs ? `${one}, in the corrupted run ${quoted(corrupted[position])}` : one;
    return `position ${position} (${tokens}${read})`;
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

// What the reader asks for, while Python computes: one question is under way at a time, and of those that come meanwhile the newest wins.
import type { Kernel, Told } from "../shared/frame/ask";

export interface Switch {
  part: string;
  by: string;
  position: number | null;
  on: boolean;
}

export interface State {
  text: string;
  second: string;
  switches: readonly Switch[];
  shown: string;
}

export type Heard = "" | "computing" | { error: string } | "silent";

export class Wanted {
  private next: Record<string, unknown> | null = null;
  private underWay = false;
  /** What was asked for last, until Python stands there; null where the page and Python agree. */
  state: State | null = null;

  constructor(
    private readonly kernel: Pick<Kernel, "ask">,
    private readonly tell: (heard: Heard) => void,
  ) {}

  /** Whether what is typed is newer than what is drawn, or was refused: it must not be written over. */
  get ahead(): boolean {
    return this.state !== null;
  }

  ask(state: State): void {
    this.state = state;
    this.put({ state });
  }

  /** Back or forward. */
  step(step: -1 | 1): void {
    this.state = null;
    this.put({ step });
  }

  private put(question: Record<string, unknown>): void {
    this.next = question;
    if (!this.underWay) this.send();
  }

  private send(): void {
    const question = this.next;
    if (question === null) return;
    this.next = null;
    this.underWay = true;
    this.tell("computing");
    this.kernel.ask("explore", question, {}, (told) => this.hear(told));
  }

  private hear(told: Told<unknown>): void {
    this.underWay = false;
    if (this.next !== null) this.send();
    else if ("error" in told) this.tell({ error: told.error });
    else if ("silent" in told) this.tell("silent");
    else {
      this.state = null;
      this.tell("");
    }
  }
}

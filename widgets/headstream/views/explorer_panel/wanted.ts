// What the reader asks for, while Python computes: of the states that are asked for meanwhile the newest wins, and what Python has heard
// and not finished is given up for it.
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

/** `done`: the share of what takes long, the lens; all else is drawn from when there is some. */
export type Heard = "" | { done: number } | { error: string } | "silent";

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
    this.tell({ done: 0 });
    this.kernel.ask(
      "explore",
      question,
      {},
      (told) => this.hear(told),
      (done) => this.working(done),
    );
  }

  /** Python has heard the question: a newer one can be sent. A step is one from where this one leads, and waits for it. */
  private working(done: number): void {
    if (this.next !== null && "state" in this.next) this.send();
    else this.tell({ done });
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

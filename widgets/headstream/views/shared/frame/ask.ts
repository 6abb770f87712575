// What a view asks its kernel. The newest question of each kind counts; an answer to an older one is dropped. With no kernel there is none.
import type { AnyModel } from "@anywidget/types";
import { Damaged } from "../wire/arrays";
import type { Read, Readers } from "../wire/readers";
import { record } from "../wire/readers";

export type Told<T> = { answer: T } | { error: string } | { silent: true };

/** In milliseconds: a kernel that says nothing for so long is away. It may be busy: a late answer counts all the same. */
const PATIENCE = 3000;

interface Reply {
  asked: number;
  /** The share that is done, of what takes long: the answer is still to come. */
  done?: number;
  answer?: Record<string, unknown>;
  error?: string;
}

export class Kernel {
  private asked = 0;
  private readonly open = new Map<number, (reply: Reply, buffers: DataView[]) => void>();
  private readonly newest = new Map<string, { id: number; clock: number }>();

  constructor(
    private readonly model: AnyModel,
    signal: AbortSignal,
  ) {
    const listen = (reply: Reply, buffers: DataView[]) => this.open.get(reply?.asked)?.(reply, buffers);
    model.on("msg:custom", listen);
    signal.addEventListener("abort", () => {
      model.off("msg:custom", listen);
      for (const { clock } of this.newest.values()) clearTimeout(clock);
    });
  }

  /** Forgets what of this kind was asked: its answer is not wanted any more. */
  drop(kind: string): void {
    const before = this.newest.get(kind);
    if (!before) return;
    clearTimeout(before.clock);
    this.open.delete(before.id);
    this.newest.delete(kind);
  }

  /**
   * Asks; `tell` hears of the answer, of an error in a sentence, or that there is no kernel that answers. `working` hears before of the
   * share that is done; then the kernel is known to be there.
   */
  ask<R extends Readers>(
    kind: string,
    question: Record<string, unknown>,
    readers: R,
    tell: (told: Told<Read<R>>) => void,
    working: (done: number) => void = () => {},
  ): void {
    this.drop(kind);
    this.asked += 1;
    const id = this.asked;
    const clock = window.setTimeout(() => tell({ silent: true }), PATIENCE);
    this.newest.set(kind, { id, clock });
    this.open.set(id, (reply, buffers) => {
      if (reply.done !== undefined) {
        clearTimeout(clock);
        return working(reply.done);
      }
      this.drop(kind);
      tell(read(reply, buffers, readers));
    });
    try {
      this.model.send({ ask: id, question });
    } catch {
      // So a page with no kernel answers.
      this.drop(kind);
      tell({ silent: true });
    }
  }
}

function read<R extends Readers>(reply: Reply, buffers: DataView[], readers: R): Told<Read<R>> {
  if (reply.error !== undefined) return { error: reply.error };
  const whole = Object.entries(reply.answer ?? {}).map(([name, value]) => [name, withBytes(value, buffers)]);
  try {
    return { answer: record(readers)(Object.fromEntries(whole), "answer") };
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    return { error: error.message };
  }
}

/** An array's bytes travel beside the message: `data` is their place there. */
function withBytes(value: unknown, buffers: DataView[]): unknown {
  const wire = value as { dtype?: string; data?: number } | null;
  return typeof wire === "object" && typeof wire?.data === "number" && wire.dtype
    ? { ...wire, data: buffers[wire.data] }
    : value;
}

// For tests: the traits of a small lens.
import { wire } from "../shared/testing/fake";

export const POSITIONS = 40;
export const ROWS = ["embedding", "0.attn", "0.mlp"];

/** Every position has the tokens 100, 101 and 102; token 100 + row is on top of a row, so 102 is the final prediction. */
export function state(norms = ["own", "final"]): Record<string, unknown> {
  const cells = norms.length * ROWS.length * POSITIONS;
  const ranks = Array.from({ length: 3 * cells }, (_, i) => {
    const row = Math.floor(i / (3 * POSITIONS)) % ROWS.length;
    return ((i % 3) - row + 3) % 3;
  });
  const shape = [norms.length, ROWS.length, 3 * POSITIONS];
  const flat = (value: number) => wire(new Float32Array(cells).fill(value), [norms.length, ROWS.length, POSITIONS]);
  return {
    tokens: Array.from({ length: POSITIONS }, (_, i) => ` w${i}`),
    rows: ROWS,
    row_layer: [-1, 0, 0],
    norms,
    vocabulary: { 100: " zero", 101: " one", 102: "<b>two" },
    starts: wire(
      Int32Array.from({ length: POSITIONS + 1 }, (_, i) => 3 * i),
      [POSITIONS + 1],
    ),
    ids: wire(
      Int32Array.from({ length: 3 * POSITIONS }, (_, i) => 100 + (i % 3)),
      [3 * POSITIONS],
    ),
    rank: wire(Uint16Array.from(ranks), shape),
    log_prob: wire(
      Float32Array.from(ranks, (rank) => Math.log([0.7, 0.2, 0.1][rank])),
      shape,
    ),
    entropy: flat(0.8),
    kl: flat(0.25),
    change: null,
    next_token: wire(
      Int32Array.from({ length: POSITIONS }, (_, i) => (i === POSITIONS - 1 ? -1 : 101)),
      [POSITIONS],
    ),
    top: 3,
    first: 0,
    color: "final_rank",
    norm: norms[0],
    trajectory: "rank",
    row: null,
    pins: [],
  };
}

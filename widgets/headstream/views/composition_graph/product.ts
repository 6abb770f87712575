// The pattern of a virtual head: what the later head attends to, followed through what the earlier one attends to there.
import type { Weights } from "../shared/draw/weights";
import type { NumericArray } from "../shared/wire/arrays";
import type { Head } from "./edges";

/** A² · A¹, the weights of `to` times those of `from`: [1, 1, weight], row after row, packed as they are. */
export function product(weights: Weights, from: Head, to: Head): NumericArray {
  const { length, packed } = weights;
  // A packed row ends on its diagonal.
  const end = (row: number) => (packed ? row + 1 : length);
  const start = (row: number) => (packed ? (row * (row + 1)) / 2 : row * length);
  const first = new Float32Array(start(length));
  for (let middle = 0; middle < length; middle++) {
    const at = start(middle);
    for (let key = 0; key < end(middle); key++) first[at + key] = weights.at(from.layer, from.head, middle, key);
  }
  const data = new Float32Array(start(length));
  const row = new Float64Array(length);
  for (let query = 0; query < length; query++) {
    row.fill(0);
    for (let middle = 0; middle < end(query); middle++) {
      const weight = weights.at(to.layer, to.head, query, middle);
      if (weight === 0) continue;
      const at = start(middle);
      for (let key = 0; key < end(middle); key++) row[key] += weight * first[at + key];
    }
    data.set(row.subarray(0, end(query)), start(query));
  }
  return { shape: [1, 1, data.length], data, half: false };
}

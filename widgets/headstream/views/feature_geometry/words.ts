// What is said of a toy, of a feature and of a cell, in sentences.
import { fixed } from "../shared/text/format";
import { quoted } from "../shared/text/tokens";
import { type Geometry, shapeAt } from "./geometry";

export interface Told {
  geometry: Geometry;
  labels: readonly string[];
  probability: ArrayLike<number> | null;
  importance: ArrayLike<number> | null;
  neurons: boolean;
}

/** "feature 3", or the label that it was given. */
export function named(labels: readonly string[], feature: number): string {
  return labels[feature] === String(feature) ? `feature ${feature}` : `feature ${quoted(labels[feature])}`;
}

export const capital = (text: string) => text[0].toUpperCase() + text.slice(1);

/** 0.05 -> "5 %", 0.0125 -> "1.3 %". */
export function percent(probability: number): string {
  const value = 100 * probability;
  return `${value >= 9.95 || Math.abs(value - Math.round(value)) < 1e-4 ? Math.round(value) : value.toPrecision(2)} %`;
}

export function featureSentence({ geometry, labels, probability, importance }: Told, feature: number): string {
  const { lengths, dimensionality } = geometry;
  const shape = shapeAt(dimensionality[feature]);
  const like = shape ? ` (${shape.fraction}, ${shape.name})` : "";
  const set =
    probability && importance
      ? `, there in ${percent(probability[feature])} of examples, importance ${Number(importance[feature].toPrecision(3))}`
      : "";
  const has = `length ${fixed(lengths[feature], 2)}, D ${fixed(dimensionality[feature], 2)}${like}`;
  const others = geometry.loudest(feature, 4).map((other) => {
    return `${named(labels, other)} ${fixed(geometry.along(feature, other), 2)}`;
  });
  const along = others.length ? `Along it: ${others.join(", ")}.` : "Nothing else is along it.";
  return `${capital(named(labels, feature))}${set}: ${has}. ${along}`;
}

/** The first number of a loss that is not 0 has three digits. */
const digits = (loss: number) => String(Number(loss.toPrecision(3)));

export function overview(
  { geometry, probability }: Told,
  toy: { index: number; count: number; steps: number | null; loss: number | null },
): string {
  const hint = "Point at a feature for what the others write along it.";
  if (!probability) {
    const own = geometry.dimensionality.reduce((sum, each) => sum + each, 0);
    return `${geometry.features} directions, which have ${fixed(own, 1)} of ${geometry.dims} dimensions to themselves. ${hint}`;
  }
  const which = toy.count > 1 ? `Toy ${toy.index + 1} of ${toy.count}, ` : "";
  const when = toy.steps === null ? "" : `after ${(toy.steps + 1).toLocaleString("en")} steps: `;
  const each = `D* ${fixed(geometry.dimsEach, 2)}`;
  const cost = toy.loss === null ? "" : `; loss ${digits(toy.loss)}`;
  const many = `${geometry.represented} of ${geometry.features} features are longer than a half, ${each}${cost}`;
  return capital(`${which}${when}${many}. ${hint}`);
}

export function cellSentence({ geometry, labels }: Told, feature: number, other: number): string {
  const name = named(labels, feature);
  if (geometry.bias && other === geometry.features)
    return `${capital(name)} has the bias ${fixed(geometry.bias[feature], 2)}.`;
  const product = fixed(geometry.dot(feature, other), 2);
  if (other === feature) return `${capital(name)} with itself: ${product}, its length squared.`;
  return `${capital(name)} · ${named(labels, other)}: ${product}. So much of each is read as the other.`;
}

export function weightSentence({ geometry, labels, neurons }: Told, feature: number, dim: number): string {
  const value = fixed(geometry.weight(feature, dim), 2);
  const writes = `${capital(named(labels, feature))} writes ${value} to ${neurons ? "neuron" : "dimension"} ${dim}.`;
  if (!neurons) return writes;
  const answered = answering(geometry, dim).map((one) => named(labels, one));
  const shown = answered.slice(0, 4).join(", ") + (answered.length > 4 ? " and others" : "");
  const many = answered.length === 1 ? "one feature" : `${answered.length} features`;
  return `${writes} It answers to ${answered.length ? `${many}: ${shown}` : "none"}.`;
}

/** The features that excite a neuron, those with the largest weights first. */
export function answering(geometry: Geometry, dim: number, least = 0.2): number[] {
  return geometry.lengths
    .map((_, feature) => feature)
    .filter((feature) => geometry.weight(feature, dim) >= least)
    .sort((a, b) => geometry.weight(b, dim) - geometry.weight(a, dim));
}

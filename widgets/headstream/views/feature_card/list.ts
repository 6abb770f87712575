// All features, as a table that is searched by number, token or label, and sorted by a click on a head.
import { type Column, table } from "../shared/parts/table";
import { shortened, visible } from "../shared/text/tokens";
import { type Features, percent } from "./features";

/** Rows that are drawn at a time. */
const CHUNK = 120;
/** Tokens in a cell, and characters of each. */
const TOKENS = 3;
const CHARACTERS = 14;

export interface Acts {
  point(feature: number | null): void;
  keep(feature: number): void;
}

type List = ReturnType<typeof table<number>>;

export function featureList(features: Features, acts: Acts, promotes: boolean, before?: List): List {
  const rows = Array.from({ length: features.count }, (_, feature) => feature);
  const some = (words: string[]) =>
    words
      .slice(0, TOKENS)
      .map((word) => shortened(visible(word), CHARACTERS))
      .join(" ");
  const named = (feature: number) => {
    const label = features.label(feature);
    return label ? `${label} ` : "";
  };
  const columns: Column<number>[] = [
    { name: "feature", value: (feature) => feature, format: String },
    { name: "fires at", value: (feature) => features.density(feature), format: percent },
    { name: "fires on", value: (feature) => named(feature) + some(features.fires[feature]) || "nothing" },
  ];
  if (promotes) columns.push({ name: "promotes", value: (feature) => some(features.promotes[feature]) });
  return table("features", rows, columns, acts, {
    chunk: CHUNK,
    placeholder: "Number, token or label",
    before,
    found: (feature, wanted) => matches(features, feature, wanted),
  });
}

/** Whether a feature's number begins so, or one of its tokens or its label has the text in it. A space may be typed or dotted. */
export function matches(features: Features, feature: number, wanted: string): boolean {
  const text = wanted.replaceAll("·", " ").trim();
  if (String(feature).startsWith(text)) return true;
  const words = [features.label(feature), ...features.fires[feature], ...features.promotes[feature]];
  return words.some((word) => word.toLowerCase().includes(text));
}

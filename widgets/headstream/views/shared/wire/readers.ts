// How each trait is read from a model: what came is checked once and typed, so that a view's parts take numbers and words.
import { type CodedArray, Damaged, type Dtype, decode, decodeCodes, type NumericArray, shown } from "./arrays";

export type Reader<T> = (value: unknown, name: string) => T;
export type Readers = Record<string, Reader<unknown>>;
export type Read<R extends Readers> = { readonly [Name in keyof R]: ReturnType<R[Name]> };

function reader<T>(expected: string, fits: (value: unknown) => value is T): Reader<T> {
  return (value, name) => {
    if (!fits(value)) throw new Damaged(`${name}: expected ${expected}, got ${shown(value)}`);
    return value;
  };
}

const isText = (value: unknown): value is string => typeof value === "string";
const isWhole = (value: unknown): value is number => Number.isInteger(value);

export const text = reader("a text", isText);
export const flag = reader("true or false", (value): value is boolean => typeof value === "boolean");
export const whole = reader("a whole number", isWhole);
export const number = reader("a number", (value): value is number => Number.isFinite(value));
export const texts = reader(
  "a list of texts",
  (value): value is string[] => Array.isArray(value) && value.every(isText),
);
export const wholes = reader(
  "a list of whole numbers",
  (value): value is number[] => Array.isArray(value) && value.every(isWhole),
);
/** The label of every token id that is drawn. */
export const vocabulary = reader(
  "texts by token id",
  (value): value is Record<string, string> =>
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText),
);

export function oneOf<const T extends string>(...values: T[]): Reader<T> {
  return reader(values.join(" or "), (value): value is T => values.includes(value as T));
}

export function optional<T>(read: Reader<T>): Reader<T | null> {
  return (value, name) => (value === null || value === undefined ? null : read(value, name));
}

export function listOf<T>(read: Reader<T>): Reader<T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw new Damaged(`${name}: expected a list, got ${shown(value)}`);
    return value.map((item, index) => read(item, `${name}[${index}]`));
  };
}

/** A record with these entries. */
export function record<R extends Readers>(readers: R): Reader<Read<R>> {
  return (value, name) => {
    if (typeof value !== "object" || value === null) {
      throw new Damaged(`${name}: expected a record, got ${shown(value)}`);
    }
    const entries = Object.entries(readers).map(([key, read]) => {
      return [key, read((value as Record<string, unknown>)[key], `${name}.${key}`)];
    });
    return Object.fromEntries(entries) as Read<R>;
  };
}

/** Numbers with so many axes. */
export function array(dtypes: Dtype | readonly Dtype[], axes: number): Reader<NumericArray> {
  const allowed = typeof dtypes === "string" ? [dtypes] : dtypes;
  return (value, name) => decode(value, name, allowed, axes);
}

/** Numbers with so many axes, left as they were sent: for the largest arrays. */
export function codes(dtypes: readonly ("uint8" | "float16")[], axes: number): Reader<CodedArray> {
  return (value, name) => decodeCodes(value, name, dtypes, axes);
}

/** Throws Damaged unless arrays that belong together have the sizes they must have. */
export function fits(name: string, shape: readonly number[], expected: readonly number[]): void {
  if (shape.length !== expected.length || shape.some((size, axis) => size !== expected[axis])) {
    throw new Damaged(`${name}: expected shape [${expected}], got [${shape}]`);
  }
}

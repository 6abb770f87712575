// Groups of nodes by name, as the reader makes them.
import { Damaged, shown } from "../shared/wire/arrays";
import { wholes } from "../shared/wire/readers";

export type Groups = Readonly<Record<string, readonly number[]>>;

export function groups(value: unknown, name: string): Groups {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Damaged(`${name}: expected nodes by name, got ${shown(value)}`);
  }
  return made(Object.entries(value).map(([group, nodes]) => [group, wholes(nodes, `${name}[${group}]`)]));
}

/** The groups with these nodes in one of this name, and in no other; those that have none left are gone. */
export function grouped(before: Groups, name: string, nodes: readonly number[]): Groups {
  const moved = new Set([...nodes, ...(Object.hasOwn(before, name) ? before[name] : [])]);
  const others = Object.entries(before).flatMap(([other, members]): [string, number[]][] => {
    const left = members.filter((node) => !moved.has(node));
    return other === name || !left.length ? [] : [[other, left]];
  });
  return made([...others, [name, [...moved].sort((a, b) => a - b)]]);
}

export function ungrouped(before: Groups, name: string): Groups {
  return made(Object.entries(before).filter(([other]) => other !== name));
}

/** A reader may give a group any name, `__proto__` too. */
const made = (entries: [string, readonly number[]][]): Groups => Object.fromEntries(entries);

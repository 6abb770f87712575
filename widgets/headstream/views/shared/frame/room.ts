// How much room a view has, in type sizes: the breakpoints of every view and of the style sheets (`data-room`) stand here.

export type Room = "little" | "some" | "much" | "plenty";

/** The widths, in em, at which each begins. */
export const BEGINS: Record<Room, number> = { little: 0, some: 24, much: 44, plenty: 60 };

export function roomFor(width: number, fontSize: number): Room {
  const ems = width / fontSize;
  return ems < BEGINS.some ? "little" : ems < BEGINS.much ? "some" : ems < BEGINS.plenty ? "much" : "plenty";
}

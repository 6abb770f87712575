import { describe, expect, it } from "vitest";
import { Geometry, reach, shapeAt, spread } from "./geometry";

const PAIR = new Geometry([1, 0, -1, 0, 0, 2, 0, 0], null, 4, 2);

describe("a geometry", () => {
  it("has lengths and dimensionalities", () => {
    expect(PAIR.lengths).toEqual([1, 1, 2, 0]);
    expect(PAIR.dimensionality).toEqual([0.5, 0.5, 1, 0]);
    expect(PAIR.dimsEach).toBeCloseTo(2 / 6);
    expect(PAIR.represented).toBe(3);
  });

  it("knows what others write along a feature, the loudest first", () => {
    const geometry = new Geometry([2, 0, -1, 1, 0.5, 0, 0, 1], null, 4, 2);
    expect(geometry.along(0, 1)).toBe(-1);
    expect(geometry.along(1, 0)).toBeCloseTo(-2 / Math.SQRT2);
    expect(geometry.loudest(0, 3)).toEqual([1, 2]);
    expect(geometry.loudest(0, 1)).toEqual([1]);
    expect(PAIR.along(3, 0)).toBe(0);
  });

  it("stands on an axis with one dimension", () => {
    expect(new Geometry([1, -1], null, 2, 1).tip(1)).toEqual([-1, 0]);
  });
});

describe("shapes", () => {
  it("are named where a feature has what one of theirs has", () => {
    expect(shapeAt(0.4)?.name).toBe("pentagon");
    expect(shapeAt(0.38)?.name).toBe("square antiprism");
    expect(shapeAt(0.49)?.name).toBe("antipodal pair");
    expect(shapeAt(0.45)).toBeUndefined();
    expect(shapeAt(0)).toBeUndefined();
  });

  it("have names that do not touch, in their order and between the ends", () => {
    expect(spread([0, 10, 12, 40], 5, [0, 50])).toEqual([0, 10, 15, 40]);
    const tight = spread([40, 41, 49], 5, [0, 50]);
    expect(tight).toEqual([40, 45, 50]);
    expect(spread([48, 49, 50], 5, [0, 50])).toEqual([40, 45, 50]);
  });

  it("are drawn in a room that stands still", () => {
    expect([0.2, 1.2, 1.26, 2.1, 30].map(reach)).toEqual([1.25, 1.25, 1.6, 2.5, 100]);
  });
});

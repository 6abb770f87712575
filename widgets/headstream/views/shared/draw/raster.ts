// A table of numbers as a picture of one pixel a number; the style sheet stretches it.

/** Paints rows of `columns` numbers, each at its place 0..1 on a scale of 256 colours; what has no place (NaN) stays clear. */
export function paintRaster(
  canvas: HTMLCanvasElement,
  columns: number,
  places: ArrayLike<number>,
  rgb: Uint8Array,
): void {
  const rows = places.length / columns;
  // To set a size, even the same, is to make a canvas anew.
  if (canvas.width !== columns || canvas.height !== rows) Object.assign(canvas, { width: columns, height: rows });
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  for (let i = 0; i < places.length; i++) {
    const place = places[i];
    if (Number.isNaN(place)) continue;
    const color = 3 * Math.round(255 * Math.min(1, Math.max(0, place)));
    image.data[4 * i] = rgb[color];
    image.data[4 * i + 1] = rgb[color + 1];
    image.data[4 * i + 2] = rgb[color + 2];
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

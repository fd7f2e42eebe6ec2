/**
 * A square colour picture at a smaller size: the mean of the pixels that each new one covers.
 * @param pixels red, green and blue of each pixel, row by row
 */
export function smaller(pixels: Uint8Array, side: number, to: number): Uint8Array {
  const out = new Uint8Array(3 * to * to);
  const edge = (at: number): number => Math.floor((at * side) / to);
  for (let y = 0; y < to; y++) {
    const bottom = Math.max(edge(y) + 1, edge(y + 1));
    for (let x = 0; x < to; x++) {
      const right = Math.max(edge(x) + 1, edge(x + 1));
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let row = edge(y); row < bottom; row++)
          for (let column = edge(x); column < right; column++)
            sum += pixels[3 * (row * side + column) + channel]!;
        out[3 * (y * to + x) + channel] = Math.round(sum / ((bottom - edge(y)) * (right - edge(x))));
      }
    }
  }
  return out;
}

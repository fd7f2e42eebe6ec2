import type { Geometry, Mask, Volume } from '@sentinode/radiomics';

/** A made-up image of 20 x 18 x 12 voxels of 1 x 1 x 2 mm, and a ball in it as the region. */
export function phantom(): { readonly image: Volume; readonly mask: Mask } {
  const geometry: Geometry = {
    size: [20, 18, 12],
    spacing: [1, 1, 2],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  const [nx, ny, nz] = geometry.size;
  const data = new Int16Array(nx * ny * nz);
  const inside = new Uint8Array(data.length);
  for (let z = 0, at = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, at++) {
        data[at] = 100 + ((x * 37 + y * 91 + z * 53 + x * y * z) % 101);
        inside[at] = (x - 10) ** 2 + (y - 9) ** 2 + 4 * (z - 6) ** 2 <= 36 ? 1 : 0;
      }
  return { image: { geometry, elementType: 'int16', data }, mask: { geometry, data: inside } };
}

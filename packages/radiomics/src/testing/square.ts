import { type LevelVolume, levelVolume, regionShape } from '../kernels/level-volume.ts';

/** A picture of grey levels, row by row, as a region in one slice; 0 is outside. */
export function square(rows: readonly (readonly number[])[]): LevelVolume {
  const inside = rows.flat().map((level) => (level > 0 ? 1 : 0));
  const shape = regionShape(Uint8Array.from(inside), [rows[0]!.length, rows.length, 1]);
  const bins = Uint16Array.from(rows.flat().filter((level) => level > 0));
  return levelVolume(shape, bins, Math.max(...bins));
}

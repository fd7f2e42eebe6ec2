import { SentinodeError } from '@sentinode/core';
import { describeGeometry, type Geometry, sameGeometry } from '@sentinode/volume';
import { groupBy } from '../series/group-by.ts';
import { splitSeries } from '../series/split-series.ts';
import type { Stack } from '../series/stack-geometry.ts';
import type { Scan } from './scan.ts';

/**
 * The volume among DICOM files that lies on a grid; the first in the order of series where several do, such as the
 * time points of one series.
 * @throws SentinodeError `mask-geometry` where none does, with the grids that were found; `dicom-none` without images
 */
export function findVolume(scan: Scan, geometry: Geometry): Stack {
  const images = scan.files.filter(({ role }) => role === 'image');
  const series = [...groupBy(images, ({ attributes }) => attributes.series)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const volumes = series.flatMap(([, files]) => splitSeries(files.flatMap(({ slices }) => slices)).volumes);
  if (volumes.length === 0)
    throw new SentinodeError('dicom-none', 'No DICOM image was found among the files of the series.');
  const found = volumes.find((volume) => sameGeometry(volume.geometry, geometry, TOLERANCE));
  if (found !== undefined) return found;
  const grids = [...new Set(volumes.map((volume) => describeGeometry(volume.geometry)))].slice(0, 3);
  throw new SentinodeError(
    'mask-geometry',
    `The mask lies on the grid of none of the images. Mask: ${describeGeometry(geometry)}; images: ${grids.join('; ')}. Resample it to the grid of its image.`,
  );
}

/** NIfTI keeps single precision, and tools round positions to a thousandth. */
const TOLERANCE = 2e-3;

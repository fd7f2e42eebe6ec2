import { sha1 } from '@sentinode/core';
import {
  type Box,
  boundingBox,
  connectedComponents,
  indexToWorld,
  type Mask,
  type Vector3,
  type Volume,
} from '@sentinode/volume';
import type { ExtractionSettings } from '../parameters/settings.ts';
import { bytesOf, type Diagnostics, imageDiagnostics, type Stage, summary } from './image-diagnostics.ts';
import { countVoxels } from './region-checks.ts';
import type { SourceImage } from './source-image.ts';
import type { WorkingRegion } from './working-region.ts';

function centreOfMass({ data, geometry }: Mask, box: Box): Vector3 {
  const [nx, ny] = geometry.size;
  const [x0, y0, z0] = box.start;
  const [sx, sy, sz] = box.size;
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let z = z0; z < z0 + sz; z++) {
    for (let y = y0; y < y0 + sy; y++) {
      const row = (z * ny + y) * nx;
      for (let x = x0; x < x0 + sx; x++) {
        if (data[row + x] === 0) continue;
        sum[0] += x;
        sum[1] += y;
        sum[2] += z;
        count++;
      }
    }
  }
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

/**
 * Everything that the reference puts in front of its features but the versions of its own libraries, in its order.
 * @param labels the label map that `mask` was taken from; the mask itself when left out
 */
export function diagnosticsOf(
  source: SourceImage,
  mask: Mask,
  { interpolated, corrected, resegmented, image: measured }: WorkingRegion,
  { configuration, label, label_channel }: ExtractionSettings,
  labels: Volume | undefined,
): Diagnostics {
  const written = new Map(configuration.settings).set('label', String(label));
  if (label_channel !== 0) written.set('label_channel', String(label_channel));
  const settings = [...written].map(([name, value]) => `'${name}': ${value}`);
  const onMeasured = (stage: Stage, one: Mask | undefined): Diagnostics =>
    one === undefined ? {} : maskDiagnostics(stage, one, measured);
  return {
    diagnostics_Configuration_Settings: `{${settings.join(', ')}}`,
    diagnostics_Configuration_EnabledImageTypes: configuration.imageTypes,
    ...source.diagnostics(),
    'diagnostics_Mask-original_Hash': sha1(bytesOf(new Uint32Array((labels ?? mask).data))),
    ...maskDiagnostics('original', mask),
    ...(interpolated === undefined
      ? {}
      : {
          ...imageDiagnostics('interpolated', interpolated.image),
          ...maskDiagnostics('interpolated', interpolated.mask, interpolated.image),
        }),
    ...onMeasured('corrected', corrected),
    ...onMeasured('resegmented', resegmented),
  };
}

/** `diagnostics_Mask-<stage>_*`; with the grey values inside where an image is given. */
function maskDiagnostics(stage: Stage, mask: Mask, image?: Volume): Diagnostics {
  const box = boundingBox(mask) as Box;
  const centre = centreOfMass(mask, box);
  const name = (key: string): string => `diagnostics_Mask-${stage}_${key}`;
  const found: Diagnostics = {
    [name('Spacing')]: mask.geometry.spacing,
    [name('Size')]: mask.geometry.size,
    [name('BoundingBox')]: [...box.start, ...box.size],
    [name('VoxelNum')]: countVoxels(mask),
    [name('VolumeNum')]: connectedComponents(mask).sizes.length,
    [name('CenterOfMassIndex')]: centre,
    [name('CenterOfMass')]: indexToWorld(mask.geometry, centre),
  };
  if (image === undefined) return found;
  const { mean, minimum, maximum } = summary(valuesInside(image, mask));
  return { ...found, [name('Mean')]: mean, [name('Minimum')]: minimum, [name('Maximum')]: maximum };
}

function valuesInside({ data }: Volume, mask: Mask): Float64Array {
  const values = new Float64Array(countVoxels(mask));
  for (let at = 0, k = 0; k < values.length; at++) if (mask.data[at] === 1) values[k++] = data[at] as number;
  return values;
}

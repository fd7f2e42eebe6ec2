import { canonicalJson, SentinodeError } from '@sentinode/core';
import type { PipelineResamples } from '../models/pipeline-resamples.ts';

/** Files of the resampled models in a bundle: plain JSON, and the basis of deep components as 32-bit floats. */
export const RESAMPLES_FILE = 'resamples.json';
export const BASIS_FILE = 'resamples.basis.f32';

/** The resampled models as files: little-endian floats, direction by direction. */
export function writeResamples(resamples: PipelineResamples): Map<string, Uint8Array> {
  const { basis, ...rest } = resamples;
  const files = new Map<string, Uint8Array>();
  const stored = {
    ...rest,
    basis: basis === null ? null : { inputs: basis.inputs, centre: basis.centre },
  };
  files.set(RESAMPLES_FILE, new TextEncoder().encode(`${canonicalJson(stored)}\n`));
  if (basis !== null) {
    const bytes = new Uint8Array(4 * basis.directions.length);
    const view = new DataView(bytes.buffer);
    basis.directions.forEach((value, at) => {
      view.setFloat32(4 * at, value, true);
    });
    files.set(BASIS_FILE, bytes);
  }
  return files;
}

/** @throws SentinodeError `bundle-invalid` for a newer version or a basis of another size */
export function readResamples(text: unknown, basisBytes: Uint8Array | undefined): PipelineResamples {
  const stored = text as PipelineResamples;
  const invalid = (message: string): never => {
    throw new SentinodeError('bundle-invalid', message, { file: RESAMPLES_FILE });
  };
  if (stored.schema !== 'sentinode-resamples/1')
    invalid(`The resampled models are of version "${stored.schema}", which this version cannot read.`);
  if (stored.basis === null) return stored;
  const width = stored.basis.inputs.length;
  const found = basisBytes ?? invalid(`The bundle lacks ${BASIS_FILE}.`);
  if (width === 0 || found.length % (4 * width) !== 0)
    invalid(`${BASIS_FILE} does not fit the features that ${RESAMPLES_FILE} names.`);
  const view = new DataView(found.buffer, found.byteOffset, found.byteLength);
  const directions = Float32Array.from({ length: found.length / 4 }, (_, at) =>
    view.getFloat32(4 * at, true),
  );
  return { ...stored, basis: { ...stored.basis, directions } };
}

import { createRandom, isSentinodeError } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, shared } from '../../../reference/locator.ts';
import { openArchive } from './archives/index.ts';
import { planImport } from './import/plan.ts';
import { Pseudonyms } from './import/pseudonyms.ts';
import { runImport } from './import/run-import.ts';
import { scanFiles } from './import/scan.ts';
import { asSources, madeSeries } from './testing/series.ts';
import { tarOf } from './testing/tar.ts';

/** Cases per file; the seed is fixed, so that a failure can be run again. */
const CASES = 30;
/** Longest time of one case and most memory of all, with room for a busy machine. */
const LIMIT = { milliseconds: 2000, megabytes: 512 };

const samples: readonly (readonly string[])[] = [
  ['seg', 'seg_image_ct_binary.dcm'],
  ['seg', 'seg_image_ct_binary_overlap.dcm'],
  ['seg', 'seg_image_ct_true_fractional.dcm'],
  ['seg', 'ct_image.dcm'],
  ['siemens-dwi', 'siemens_dwi_1000.dcm.gz'],
  ['siemens-dwi', 'csa_slice_norm.dcm'],
  ['siemens-dwi', 'slicethickness_empty_string.dcm'],
  ['enhanced-mr', 'siemens_enhanced_mr_6frames.dcm'],
  ['transfer-syntaxes', 'CTImage_RLELosslessTransferSyntax_1.2.840.10008.1.2.5.dcm'],
  ['transfer-syntaxes', 'CTImage_JPEGLSLosslessTransferSyntax_1.2.840.10008.1.2.4.80.dcm'],
  ['transfer-syntaxes', 'CTImage_JPEG2000LosslessOnlyTransferSyntax_1.2.840.10008.1.2.4.90.dcm'],
  ['transfer-syntaxes', 'CTImage_JPEGProcess14SV1TransferSyntax_1.2.840.10008.1.2.4.70.dcm'],
  ['transfer-syntaxes', 'CTImage_DeflatedExplicitVRLittleEndianTransferSyntax_1.2.840.10008.1.2.1.99.dcm'],
  ['transfer-syntaxes', 'CTImage_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm'],
  ['transfer-syntaxes', 'CTImage_LittleEndianImplicitTransferSyntax_1.2.840.10008.1.2.dcm'],
];

/** A damaged copy: bytes turned, a cut, a 32-bit or 16-bit length overwritten, a piece doubled. */
function damaged(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = (end: number): number => Math.floor(random() * end);
  // Most of a file is pixels; the header is where damage matters.
  const place = (): number => (random() < 0.7 ? at(Math.min(bytes.length, 4096)) : at(bytes.length));
  const copy = bytes.slice();
  const kind = random();
  if (kind < 0.2) return bytes.subarray(0, at(bytes.length));
  if (kind < 0.5) {
    const lies = [0xffffffff, 0xfffffffe, 0x7fffffff, 0x10000000, 0, 1, bytes.length];
    const value = lies[at(lies.length)];
    const start = Math.min(place(), bytes.length - 4);
    new DataView(copy.buffer).setUint32(start, value, true);
    return copy;
  }
  if (kind < 0.6) {
    const [start, length] = [place(), at(200)];
    const piece = bytes.subarray(start, start + length);
    const longer = new Uint8Array(bytes.length + piece.length);
    longer.set(bytes.subarray(0, start));
    longer.set(piece, start);
    longer.set(bytes.subarray(start), start + piece.length);
    return longer;
  }
  for (let flips = 1 + at(8); flips > 0; flips--) copy[place()] = at(256);
  return copy;
}

async function importOne(bytes: Uint8Array): Promise<void> {
  const scan = await scanFiles(asSources([bytes]));
  const run = runImport(scan, await planImport(scan, await Pseudonyms.of(new Uint8Array(32))));
  for (let next = await run.next(); next.done !== true; ) next = await run.next();
}

async function survives(bytes: Uint8Array, seed: number): Promise<{ slowest: number }> {
  const random = createRandom(seed);
  let slowest = 0;
  for (let one = 0; one < CASES; one++) {
    const input = damaged(bytes, () => random.uniform());
    const start = performance.now();
    try {
      await importOne(input);
    } catch (error) {
      if (!isSentinodeError(error))
        throw new Error(`case ${one} of seed ${seed} fails in another way`, { cause: error });
    }
    slowest = Math.max(slowest, performance.now() - start);
  }
  return { slowest };
}

describe('damaged files', () => {
  it.skipIf(!hasShared('dicom-samples'))(
    'of every kind are read or refused, soon and in little memory',
    async () => {
      let slowest = 0;
      for (const [at, path] of samples.entries()) {
        const found = await survives(readBytes(shared('dicom-samples', ...path)), 18 + at);
        slowest = Math.max(slowest, found.slowest);
      }
      console.info(`${CASES * samples.length} damaged files, the slowest ${Math.round(slowest)} ms`);
      expect(slowest).toBeLessThan(LIMIT.milliseconds);
      expect(process.memoryUsage().rss / 1e6).toBeLessThan(LIMIT.megabytes);
    },
  );

  it('that are archives are read or refused', async () => {
    const files = madeSeries(3);
    const tar = tarOf(files.map((bytes, at) => ({ name: `file${at}`, bytes })));
    expect(openArchive(tar)).toHaveLength(3);
    const random = createRandom(18);
    for (let one = 0; one < 400; one++) {
      try {
        for (const entry of openArchive(damaged(tar, () => random.uniform())) ?? []) await entry.read();
      } catch (error) {
        if (!isSentinodeError(error)) throw new Error(`case ${one} fails in another way`, { cause: error });
      }
    }
  });
});

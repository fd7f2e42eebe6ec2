import { SentinodeError, sha256 } from '@sentinode/core';
import { channelsOf, loadNetwork, type Network, refuseWithoutWeights } from '@sentinode/deep';
import type { StudyHost } from '../host/study-host.ts';
import type { Study } from '../study-file/options.ts';
import { insideStudy } from './file-pattern.ts';
import { readNamed } from './locate-images.ts';

/** Word in a study file that asks for a network that is not pretrained. */
const SEEDED = 'seeded';

/**
 * Whether the network of a study can be loaded and gives features, before the long work.
 * @throws SentinodeError `weights-missing`, `weights-invalid`, `option-invalid` for the number of sequences, `not-built`
 * without an inference runtime
 */
export async function checkNetwork(host: StudyHost, study: Study): Promise<void> {
  channelsOf(study.images!.sequences);
  const { weights, backbone } = study.deep;
  const seeded = weights === SEEDED && backbone !== 'onnx' && host.inference !== undefined;
  if (!seeded) await (await openNetwork(host, study)).close();
}

/** The network that a study file names. @throws as {@link checkNetwork} */
export async function openNetwork(host: StudyHost, study: Study): Promise<Network> {
  const { weights } = study.deep;
  if (weights === undefined) return refuseWithoutWeights();
  if (host.inference === undefined)
    throw new SentinodeError(
      'not-built',
      'This application cannot run networks; leave the deep models out.',
      { field: 'deep' },
    );
  const { backbone, network } = study.deep;
  if (weights === SEEDED) {
    if (backbone === 'onnx')
      throw new SentinodeError(
        'option-invalid',
        'Only the networks that are built here can be seeded; name the .onnx file in deep.weights.',
        { field: 'deep.weights' },
      );
    return loadNetwork({ kind: 'seeded', backbone, seed: study.seed }, host.inference);
  }
  const file = insideStudy(weights, 'deep.weights');
  const read = async (): Promise<Uint8Array> => {
    const { bytes } = await readNamed(host, file, 'deep.weights');
    await compareWithRecord(host, file, bytes);
    return bytes;
  };
  if (backbone !== 'onnx') return loadNetwork({ kind: 'file', backbone, file, read }, host.inference);
  return loadNetwork({ kind: 'declared', network: network!, file, read }, host.inference);
}

/** A network that was imported must still be the one of its record. @throws `weights-invalid` */
async function compareWithRecord(host: StudyHost, file: string, bytes: Uint8Array): Promise<void> {
  if (!/\.onnx$/i.test(file)) return;
  const record = await host.readInput(file.replace(/\.onnx$/i, '.json'));
  if (record === undefined) return;
  let expected: unknown;
  try {
    expected = (JSON.parse(new TextDecoder().decode(record)) as { sha256?: unknown }).sha256;
  } catch {
    expected = undefined;
  }
  if (expected !== (await sha256(bytes)))
    throw new SentinodeError(
      'weights-invalid',
      'The network is not the one of the record beside it; run `sentinode weights import` again.',
      { file, field: 'deep.weights' },
    );
}

import { isSentinodeError, SentinodeError, sha256 } from '@sentinode/core';
import { checkModel, loadNetwork } from '@sentinode/deep';
import { readUserFile } from '../../adapters/files/read-file.ts';
import { nodeRuntime } from '../../adapters/inference-session/node-runtime.ts';
import type { Session } from '../command.ts';
import { readRecord, recordPath } from './record-file.ts';

/**
 * Compares a pinned network with its record and shows it a black picture.
 * @throws SentinodeError `weights-invalid` where the file is not the imported one or does not run
 */
export async function verifyFile(file: string, session: Session): Promise<number> {
  const bytes = await readUserFile(file, 'network');
  const record = await readRecord(file);
  if (record === undefined)
    throw new SentinodeError(
      'weights-invalid',
      `There is no record ${recordPath(file)} beside the network, so there is nothing to compare it with; import its source again.`,
      { file },
    );
  const found = await sha256(bytes);
  if (found !== record.sha256)
    throw new SentinodeError(
      'weights-invalid',
      `The network is not the one that was imported: its SHA-256 is ${found}, the record says ${record.sha256}. Import it again.`,
      { file },
    );
  const summary = checkModel(bytes, file);
  const runs =
    record.backbone === 'onnx' ? 'not tried: its interface stands in the study file' : 'gives features';
  if (record.backbone !== 'onnx') {
    const network = await loadNetwork(
      { kind: 'file', backbone: record.backbone, file, read: async () => bytes },
      nodeRuntime,
    ).catch((error: unknown) => {
      throw isSentinodeError(error) ? error.at({ file }) : error;
    });
    await network.close();
  }
  session.print(
    session.global.json
      ? JSON.stringify({ file, record, operators: summary.operators, runs }, null, 2)
      : `${file}: unchanged (SHA-256 ${found}); ${record.backbone}, origin ${record.origin}; ${runs}.`,
  );
  return 0;
}

import { dirname, isAbsolute, join } from 'node:path';
import {
  type CaseHost,
  clinicalValuesOf,
  clinicalVariablesOf,
  extractImage,
  measureCase,
  occlusionMaps,
  parseCase,
  resampledColumns,
  scorePatient,
  withSiblings,
} from '@sentinode/study';
import { readIfThere, readUserFile } from '../../adapters/files/read-file.ts';
import { nodeRuntime } from '../../adapters/inference-session/node-runtime.ts';
import type { OpenedBundle } from '../bundle/open-bundle.ts';
import type { Session } from '../command.ts';
import { squaresOf, writeOcclusion } from './occlusion-page.ts';
import type { PredictOptions, Scored } from './options.ts';

/** One patient from a case file. */
export async function predictCase(
  path: string,
  bundle: OpenedBundle,
  options: PredictOptions,
  session: Session,
): Promise<Scored> {
  const { model, network, resamples } = bundle;
  const squares = options.occlusion === undefined ? null : squaresOf(options);
  const given = parseCase(new TextDecoder().decode(await readUserFile(path, 'case file')), path);
  const host = caseHost(dirname(path));
  const clinical = clinicalValuesOf(clinicalVariablesOf(model, resamples), given.clinical);
  const further = resamples === null ? [] : resampledColumns(resamples);
  const { feature, images, pictures } = await measureCase(model, network, given, host, further);
  const prediction = scorePatient(model, { id: given.id, feature, clinical }, { resamples, images });
  if (squares !== null && prediction.probability === null)
    session.remark(
      'No page of where the network looked: the model refuses this patient, and without a probability nothing changes.',
    );
  else if (squares !== null)
    await writeOcclusion(options.occlusion!, bundle, session, (watch) =>
      occlusionMaps(model, network, given, feature, clinical, host, squares, watch),
    );
  return { predictions: [prediction], pictures, failures: [] };
}

/** Files beside the case file, measured on this thread. */
function caseHost(folder: string): CaseHost {
  const place = (file: string): string => (isAbsolute(file) ? file : join(folder, file));
  return {
    read: async (file) =>
      withSiblings({ file, bytes: await readUserFile(place(file)) }, (name) =>
        readIfThere(join(dirname(place(file)), name)),
      ),
    extract: extractImage,
    inference: nodeRuntime,
  };
}

import { type FeatureTable, joinColumns, SentinodeError } from '@sentinode/core';
import {
  type ColourPicture,
  type InferenceRuntime,
  type Network,
  type NetworkDescription,
  publishedPicture,
  reloadNetwork,
} from '@sentinode/deep';
import type { Protocol } from '@sentinode/radiomics';
import { addDeltaColumns, deltaPrefix } from '../features/delta-columns.ts';
import { deepName } from '../images/deep-stage.ts';
import { featuresOf, type SequenceFiles, visitColours } from '../images/deep-visit.ts';
import type { ExtractionJob, ExtractionResult, NamedBytes } from '../images/extraction-job.ts';
import type { Acquisition, LockedModel } from '../models/locked-model.ts';
import type { CaseFile } from './case-file.ts';

/** What measuring a case needs of the machine. */
export interface CaseHost {
  /** A volume with its detached data. @throws `file-missing`, `file-empty` */
  read(path: string): Promise<NamedBytes>;
  extract(job: ExtractionJob): Promise<ExtractionResult>;
  readonly inference: InferenceRuntime;
}

/**
 * The features of a case that a model reads, measured exactly as in the run that made the model; features that the case
 * file states come first.
 * @throws SentinodeError `file-missing` for an image that the model needs, and those of measuring it
 */
export async function measureCase(
  model: LockedModel,
  network: Uint8Array | null,
  given: CaseFile,
  host: CaseHost,
): Promise<(name: string) => number | undefined> {
  const stated = new Map(Object.entries(given.features));
  const lacking = [...(model.radiomics?.columns ?? []), ...(model.deep?.inputs ?? [])].some(
    (name) => !stated.has(name),
  );
  const { acquisition } = model;
  if (!lacking) return (name) => stated.get(name);
  if (acquisition === null) {
    throw new SentinodeError(
      'feature-undefined',
      'This model was made from feature tables, so it cannot measure images: state the features in the case file, or use --table.',
      { patient: given.id, field: 'features' },
    );
  }
  const tables: FeatureTable[] = [];
  if (model.radiomics !== null)
    tables.push(await radiomicRow(model.radiomics.columns, acquisition, given, host));
  if (model.deep !== null && acquisition.network !== null)
    tables.push(await deepRow(acquisition, acquisition.network, network, given, host));
  const values = new Map(
    tables.flatMap(({ names, columns }) => names.map((name, index) => [name, columns[index]![0]!] as const)),
  );
  return (name) => {
    const value = stated.get(name) ?? values.get(name);
    return value === undefined || Number.isNaN(value) ? undefined : value;
  };
}

function filesOf(given: CaseFile, visit: string, sequence: string): { image: string; mask: string } {
  const entry = given.images[visit]?.[sequence];
  if (entry === undefined) {
    throw new SentinodeError(
      'file-missing',
      `The model needs the image ${visit} ${sequence} with its mask; add it to the case file under images.`,
      { patient: given.id, field: `images.${visit}.${sequence}` },
    );
  }
  return entry;
}

/** Images that some column of the model comes from. */
function neededImages(
  columns: readonly string[],
  { visits, sequences, delta }: Acquisition,
): [string, string][] {
  const found: [string, string][] = [];
  for (const visit of visits) {
    for (const sequence of sequences) {
      const prefixes = [
        visit,
        ...delta.filter((pair) => pair.includes(visit)).map((pair) => deltaPrefix(pair, delta)),
      ].map((prefix) => `${prefix}_${sequence}_`);
      if (columns.some((name) => prefixes.some((prefix) => name.startsWith(prefix))))
        found.push([visit, sequence]);
    }
  }
  return found;
}

async function radiomicRow(
  columns: readonly string[],
  acquisition: Acquisition,
  given: CaseFile,
  host: CaseHost,
): Promise<FeatureTable> {
  const names: string[] = [];
  const values: Float64Array[] = [];
  for (const [visit, sequence] of neededImages(columns, acquisition)) {
    const { image, mask } = filesOf(given, visit, sequence);
    const { vectors } = await host.extract({
      image: await host.read(image),
      masks: [await host.read(mask)],
      settings: acquisition.settings as Protocol,
      region: acquisition.region,
    });
    vectors[0]!.names.forEach((name, index) => {
      names.push(`${visit}_${sequence}_${name}`);
      values.push(Float64Array.of(vectors[0]!.values[index]!));
    });
  }
  return addDeltaColumns({ ids: [given.id], names, columns: values }, acquisition);
}

/** The pictures of a case that the network is shown, by visit. */
export async function caseColours(
  acquisition: Acquisition,
  network: Network,
  given: CaseFile,
  host: CaseHost,
): Promise<Map<string, ColourPicture[]>> {
  const found = new Map<string, ColourPicture[]>();
  for (const visit of acquisition.visits) {
    const files = new Map<string, SequenceFiles>();
    for (const sequence of acquisition.sequences) {
      const { image, mask } = filesOf(given, visit, sequence);
      files.set(sequence, { image: await host.read(image), mask: await host.read(mask) });
    }
    const { slices = [0], picture = publishedPicture } = acquisition;
    found.set(visit, await visitColours(network, { ...acquisition, picture }, slices, files));
  }
  return found;
}

/** The row of deep features of a case, with deltas, from the features of each visit. */
export function deepRowOf(
  id: string,
  visits: ReadonlyMap<string, Float64Array>,
  acquisition: Acquisition,
  backbone: string,
): FeatureTable {
  const rows = [...visits].map(([visit, features]) => ({
    ids: [id],
    names: Array.from(features, (_, index) => deepName(visit, backbone, index)),
    columns: Array.from(features, (value) => Float64Array.of(value)),
  }));
  return addDeltaColumns(joinColumns(...rows), { ...acquisition, sequences: [backbone] });
}

async function deepRow(
  acquisition: Acquisition,
  description: NetworkDescription,
  bytes: Uint8Array | null,
  given: CaseFile,
  host: CaseHost,
): Promise<FeatureTable> {
  const network = await reloadNetwork(description, bytes, host.inference);
  try {
    const visits = new Map<string, Float64Array>();
    for (const [visit, pictures] of await caseColours(acquisition, network, given, host))
      visits.set(visit, await featuresOf(network, pictures));
    return deepRowOf(given.id, visits, acquisition, description.backbone);
  } finally {
    await network.close();
  }
}

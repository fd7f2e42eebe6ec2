import { type FeatureTable, joinColumns, SentinodeError, sha256 } from '@sentinode/core';
import {
  type ColourPicture,
  type InferenceRuntime,
  type Network,
  type NetworkDescription,
  type Picture,
  publishedPicture,
  reloadNetwork,
  tumourSlice,
} from '@sentinode/deep';
import type { Protocol } from '@sentinode/radiomics';
import { addDeltaColumns, deltaPrefix } from '../features/delta-columns.ts';
import { deepName } from '../images/deep-stage.ts';
import { featuresOf, type SequenceFiles, visitColours } from '../images/deep-visit.ts';
import {
  type ExtractionJob,
  type ExtractionResult,
  type NamedBytes,
  readNamedVolume,
  readRegion,
} from '../images/extraction-job.ts';
import { type ImageSignature, signatureOf } from '../images/image-signature.ts';
import type { Acquisition, LockedModel } from '../models/locked-model.ts';
import type { CaseFile } from './case-file.ts';
import type { PatientImage } from './domain.ts';

/** What measuring a case needs of the machine. */
export interface CaseHost {
  /** A volume with its detached data. @throws `file-missing`, `file-empty` */
  read(path: string): Promise<NamedBytes>;
  extract(job: ExtractionJob): Promise<ExtractionResult>;
  readonly inference: InferenceRuntime;
}

/** The slice of an image with the largest tumour area, and the region on it. */
export interface CasePicture {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly image: Picture;
  readonly region: Picture;
}

/** A patient measured. */
export interface MeasuredCase {
  readonly feature: (name: string) => number | undefined;
  /** What each image of the case looks like. */
  readonly images: readonly PatientImage[];
  /** The slice of each image with the largest tumour area, and the region on it. */
  readonly pictures: readonly CasePicture[];
}

/**
 * The features of a case that a model reads, measured exactly as in the run that made the model; features that the case
 * file states come first. Every image that the case names is looked at, also where no feature of it is read.
 * @param further features that the model's interval reads beside its own; measured where the case has the images
 * @throws SentinodeError `file-missing` for an image that the model needs, `image-repeated`, and those of measuring
 */
export async function measureCase(
  model: LockedModel,
  network: Uint8Array | null,
  given: CaseFile,
  host: CaseHost,
  further: readonly string[] = [],
): Promise<MeasuredCase> {
  const stated = new Map(Object.entries(given.features));
  const lacking = [...(model.radiomics?.columns ?? []), ...(model.deep?.inputs ?? [])].some(
    (name) => !stated.has(name),
  );
  const { acquisition } = model;
  if (lacking && acquisition === null) {
    throw new SentinodeError(
      'feature-undefined',
      'This model was made from feature tables, so it cannot measure images: state the features in the case file, or use --table.',
      { patient: given.id, field: 'features' },
    );
  }
  if (acquisition === null || (!lacking && Object.keys(given.images).length === 0))
    return { feature: (name) => stated.get(name), images: [], pictures: [] };
  refuseStrangers(given, acquisition);
  const files = await readFiles(given, acquisition, host);
  const tables: FeatureTable[] = [];
  const signatures = new Map<string, ImageSignature>();
  const columns = lacking ? (model.radiomics?.columns ?? []) : [];
  const asked = [...columns, ...(lacking ? further : [])];
  if (asked.length > 0)
    tables.push(await radiomicRow(columns, asked, acquisition, given, host, files, signatures));
  if (lacking && model.deep !== null && acquisition.network !== null)
    tables.push(await deepRow(acquisition, acquisition.network, network, given, host));
  const values = new Map(
    tables.flatMap(({ names, columns: own }) => names.map((name, index) => [name, own[index]![0]!] as const)),
  );
  return {
    feature: (name) => {
      const value = stated.get(name) ?? values.get(name);
      return value === undefined || Number.isNaN(value) ? undefined : value;
    },
    ...(await looksOf(files, signatures, acquisition, given.id)),
  };
}

interface CaseImage {
  readonly visit: string;
  readonly sequence: string;
  readonly image: NamedBytes;
  readonly mask: NamedBytes;
}

/** Visits and sequences that the model does not know are another protocol. */
function refuseStrangers(given: CaseFile, { visits, sequences }: Acquisition): void {
  for (const [visit, entries] of Object.entries(given.images))
    for (const sequence of Object.keys(entries))
      if (!visits.includes(visit) || !sequences.includes(sequence))
        throw new SentinodeError(
          'protocol-differs',
          `The case has an image ${visit} ${sequence}; the model was made of the visits ${visits.join(', ')} and the sequences ${sequences.join(', ')}. Name the images as the study did.`,
          { patient: given.id, field: `images.${visit}.${sequence}` },
        );
}

/** Every image of the case with its mask. @throws SentinodeError `image-repeated` for one image in two places */
async function readFiles(
  given: CaseFile,
  { visits, sequences, biasField }: Acquisition,
  host: CaseHost,
): Promise<CaseImage[]> {
  const found: CaseImage[] = [];
  const places = new Map<string, string>();
  for (const visit of visits)
    for (const sequence of sequences) {
      const entry = given.images[visit]?.[sequence];
      if (entry === undefined) continue;
      const image = { ...(await host.read(entry.image)), biasField };
      const hash = await sha256(image.bytes);
      const place = `${visit} ${sequence}`;
      const known = places.get(hash);
      if (known !== undefined)
        throw new SentinodeError(
          'image-repeated',
          `The image of ${place} is, byte for byte, the image of ${known}; one of them is in the wrong place.`,
          { patient: given.id, file: entry.image, field: `images.${visit}.${sequence}` },
        );
      places.set(hash, place);
      found.push({ visit, sequence, image, mask: await host.read(entry.mask) });
    }
  return found;
}

/** Signatures and pictures of all images; those that were measured have their signature already. */
async function looksOf(
  files: readonly CaseImage[],
  known: ReadonlyMap<string, ImageSignature>,
  { region: rule }: Acquisition,
  patient: string,
): Promise<Pick<MeasuredCase, 'images' | 'pictures'>> {
  const images: PatientImage[] = [];
  const pictures: CasePicture[] = [];
  for (const { visit, sequence, image, mask } of files) {
    const volume = await readNamedVolume(image);
    const region = await readRegion(mask, volume, image.file, rule);
    const signature = known.get(`${visit} ${sequence}`) ?? signatureOf(volume, region);
    images.push({ visit, sequence, signature });
    pictures.push({
      patient,
      visit,
      sequence,
      image: tumourSlice(volume, region),
      region: tumourSlice({ geometry: region.geometry, elementType: 'uint8', data: region.data }, region),
    });
  }
  return { images, pictures };
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
  needed: readonly string[],
  asked: readonly string[],
  acquisition: Acquisition,
  given: CaseFile,
  host: CaseHost,
  files: readonly CaseImage[],
  signatures: Map<string, ImageSignature>,
): Promise<FeatureTable> {
  for (const [visit, sequence] of neededImages(needed, acquisition)) filesOf(given, visit, sequence);
  const names: string[] = [];
  const values: Float64Array[] = [];
  for (const [visit, sequence] of neededImages(asked, acquisition)) {
    const file = files.find((one) => one.visit === visit && one.sequence === sequence);
    if (file === undefined) continue;
    const { vectors, signature } = await host.extract({
      image: file.image,
      masks: [file.mask],
      settings: acquisition.settings as Protocol,
      region: acquisition.region,
    });
    if (signature !== null) signatures.set(`${visit} ${sequence}`, signature);
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
      files.set(sequence, {
        image: { ...(await host.read(image)), biasField: acquisition.biasField },
        mask: await host.read(mask),
      });
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

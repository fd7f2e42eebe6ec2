import { createRandom, type FeatureTable, isSentinodeError, throwIfAborted } from '@sentinode/core';
import { channelsOf, drawAugmentation, type Network, type NetworkDescription } from '@sentinode/deep';
import type { StudyHost } from '../host/study-host.ts';
import type { Study } from '../study-file/options.ts';
import { openNetwork } from './deep-network.ts';
import {
  meanOf,
  measureVisit,
  type PictureRule,
  type SequenceFiles,
  seenPicture,
  type VisitFeatures,
  type VisitPlan,
} from './deep-visit.ts';
import { mapLimited } from './limited.ts';
import { type ImageFiles, readImageFile, readVolumeFile } from './locate-images.ts';
import type { FailedCase } from './radiomics-stage.ts';
import { regionRuleOf } from './region-rule.ts';

/** Deep features averaged over some slices: of the pictures as they are, and of changed copies of training pictures. */
export interface DeepTables {
  /** Columns `<visit>_<backbone>_<index>`. */
  readonly features: FeatureTable;
  /** One table for each copy, rows of training patients alone. */
  readonly copies: readonly FeatureTable[];
}

/** A picture that the network saw. */
export interface SeenPicture {
  readonly patient: string;
  readonly visit: string;
  /** Sequences in red, green and blue. */
  readonly channels: readonly [string, string, string];
  /** Width and height. */
  readonly side: number;
  /** Red, green and blue of each pixel, row by row; read when it is shown. */
  readonly pixels: () => Promise<Uint8Array>;
}

/** Deep features of every patient and visit. */
export interface DeepStage extends DeepTables {
  /** The same with the slices of the sensitivity analysis, where the study asks for it. */
  readonly adjacent: (DeepTables & { readonly ends: SliceEnds }) | null;
  readonly pictures: readonly SeenPicture[];
  readonly failed: readonly FailedCase[];
  readonly network: {
    /** Makes the bytes for the bundle, where the user brought them. */
    readonly onnx: Network['onnx'];
    readonly description: NetworkDescription;
  };
}

/** How often a slice was asked for beyond the end of a volume. */
export interface SliceEnds {
  /** Slices of sequences that were taken again. */
  readonly again: number;
  readonly of: number;
}

/** Name of a deep feature: `pre_resnet50_0007`. */
export function deepName(visit: string, backbone: string, index: number): string {
  return `${visit}_${backbone}_${String(index).padStart(4, '0')}`;
}

/**
 * Measures every visit; finished pictures come from the cache.
 * @param training patients whose pictures are also measured in changed copies, where the study asks for them
 * @throws SentinodeError `weights-missing`, `weights-invalid`, `not-built` without an inference runtime
 */
export async function deepStage(
  host: StudyHost,
  study: Study,
  files: readonly ImageFiles[],
  training: ReadonlySet<string>,
): Promise<DeepStage> {
  const { sequences, masks } = study.images!;
  const { slices, adjacent, picture } = study.deep;
  const rule: PictureRule = {
    sequences,
    region: await regionRuleOf(host, masks),
    picture,
  };
  const offsets = [...new Set([...slices, ...(adjacent ?? [])])];
  const network = await openNetwork(host, study);
  try {
    const groups = byVisit(files);
    const failed: FailedCase[] = [];
    let done = 0;
    const measured = await mapLimited(groups, 2, async (group) => {
      throwIfAborted(host.signal);
      const { patient } = group[0]!;
      const changes = training.has(patient) ? changesOf(study, patient) : [];
      try {
        const sources = await filesOf(host, group, study.images!);
        return await measureVisit(host, network, rule, { offsets, changes }, sources);
      } catch (error) {
        if (!isSentinodeError(error) || error.code === 'interrupted' || error.code === 'weights-invalid')
          throw error;
        const at =
          group.find((entry) => error.place.file === entry.image || error.place.file === entry.mask) ??
          group[0]!;
        failed.push({
          files: at,
          error: error.at({ patient: at.patient, part: `${at.visit} ${at.sequence}` }),
        });
        return undefined;
      } finally {
        host.progress?.({ stage: 'deep features', done: ++done, total: groups.length });
      }
    });
    const order = new Map(files.map((entry, index) => [entry, index]));
    failed.sort((a, b) => order.get(a.files)! - order.get(b.files)!);
    const tables = (wanted: readonly number[]): DeepTables =>
      tablesOf(groups, measured, wanted, training, study, network);
    return {
      ...tables(slices),
      adjacent:
        adjacent === undefined
          ? null
          : { ...tables(adjacent), ends: endsOf(measured, adjacent, sequences.length) },
      pictures: groups.flatMap((group, at) => {
        const { patient, visit } = group[0]!;
        const seen = measured[at]?.seen;
        if (seen === undefined) return [];
        const { interface: own } = network;
        const pixels = (): Promise<Uint8Array> =>
          seenPicture(host, { interface: own }, rule, offsets[0]!, seen, () =>
            filesOf(host, group, study.images!),
          );
        return [{ patient, visit, channels: channelsOf(sequences), side: own.side, pixels }];
      }),
      failed,
      network: {
        onnx: network.onnx,
        description: network.description,
      },
    };
  } finally {
    await network.close();
  }
}

/** The changes of a patient's copies, the same in all visits, so that their difference compares like with like. */
function changesOf({ seed, deep: { augmentation } }: Study, patient: string): VisitPlan['changes'] {
  if (augmentation === undefined) return [];
  return Array.from({ length: augmentation.copies }, (_, copy) =>
    drawAugmentation(augmentation, createRandom(seed, `augmentation/${patient}/${copy}`)),
  );
}

/** The sequences of each patient and visit, in file order. */
function byVisit(files: readonly ImageFiles[]): ImageFiles[][] {
  const groups = new Map<string, ImageFiles[]>();
  for (const entry of files) {
    const key = JSON.stringify([entry.patient, entry.visit]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

async function filesOf(
  host: StudyHost,
  group: readonly ImageFiles[],
  images: NonNullable<Study['images']>,
): Promise<ReadonlyMap<string, SequenceFiles>> {
  const files = new Map<string, SequenceFiles>();
  for (const entry of group) {
    const [image, mask] = await Promise.all([
      readImageFile(host, entry.image, images),
      readVolumeFile(host, entry.mask),
    ]);
    files.set(entry.sequence, { image, mask });
  }
  return files;
}

function endsOf(
  measured: readonly (VisitFeatures | undefined)[],
  offsets: readonly number[],
  sequences: number,
): SliceEnds {
  const visits = measured.filter((visit) => visit !== undefined);
  return {
    again: visits.reduce(
      (sum, visit) => sum + offsets.reduce((own, offset) => own + visit.takenAgain(offset), 0),
      0,
    ),
    of: visits.length * offsets.length * sequences,
  };
}

/** Tables of the mean over some slices; a visit that failed is undefined. */
function tablesOf(
  groups: readonly (readonly ImageFiles[])[],
  measured: readonly (VisitFeatures | undefined)[],
  slices: readonly number[],
  training: ReadonlySet<string>,
  study: Study,
  network: Network,
): DeepTables {
  const table = (copy: number | null): FeatureTable =>
    tableOf(
      groups.flatMap((group, at) => {
        const { patient, visit } = group[0]!;
        if (copy !== null && !training.has(patient)) return [];
        const vector =
          measured[at] === undefined
            ? undefined
            : meanOf(slices.map((offset) => measured[at]!.of(offset, copy)));
        return [{ patient, visit, vector }];
      }),
      study.images!.visits,
      network,
    );
  const { augmentation } = study.deep;
  return {
    features: table(null),
    copies: Array.from({ length: augmentation?.copies ?? 0 }, (_, copy) => table(copy)),
  };
}

function tableOf(
  rows: readonly { patient: string; visit: string; vector: Float64Array | undefined }[],
  visits: readonly string[],
  { description, interface: { features } }: Network,
): FeatureTable {
  const ids = [...new Set(rows.map(({ patient }) => patient))];
  const row = new Map(ids.map((id, index) => [id, index]));
  const names = visits.flatMap((visit) =>
    Array.from({ length: features }, (_, index) => deepName(visit, description.backbone, index)),
  );
  const columns = names.map(() => new Float64Array(ids.length).fill(Number.NaN));
  for (const { patient, visit, vector } of rows) {
    if (vector === undefined) continue;
    const first = visits.indexOf(visit) * features;
    for (let index = 0; index < features; index++)
      columns[first + index]![row.get(patient)!] = vector[index]!;
  }
  return { ids, names, columns };
}

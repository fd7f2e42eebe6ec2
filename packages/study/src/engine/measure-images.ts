import { type FeatureTable, SentinodeError } from '@sentinode/core';
import { defaultProtocol, type Protocol, parseProtocol } from '@sentinode/radiomics';
import { type BiasFieldOptions, biasFieldDefaults } from '@sentinode/volume';
import { addDeltaColumns, deltaPairs, type VisitLayout } from '../features/delta-columns.ts';
import type { StudyHost } from '../host/study-host.ts';
import { type DeepStage, deepStage } from '../images/deep-stage.ts';
import { insideStudy } from '../images/file-pattern.ts';
import { type SeenImages, seenImages } from '../images/image-signature.ts';
import { readNamed } from '../images/locate-images.ts';
import { type FailedCase, type RadiomicsStage, radiomicsStage } from '../images/radiomics-stage.ts';
import { regionRuleOf } from '../images/region-rule.ts';
import { ofCohort } from '../ledger/ledger.ts';
import { type ReaderMasks, summariseReaderMasks } from '../results/reader-masks.ts';
import type { Study } from '../study-file/options.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** Failed cases that the error names; the rest are counted. */
const NAMED_FAILURES = 5;

/** The network is not pretrained: said on every output made from it. */
const NOT_PRETRAINED = 'Deep features of a network that is not pretrained';

/**
 * Measures the images of a study: radiomic and deep features of every patient and visit, with their deltas.
 * @throws SentinodeError `cases-failed` when images could not be measured (the others stay in the cache), and those of
 * the parameter file and the network
 */
export async function measureImages(
  prepared: PreparedStudy,
  host: StudyHost,
  banners: readonly string[],
): Promise<MeasuredStudy> {
  const { study, files } = prepared;
  const images = study.images!;
  const parts = new Set(prepared.models.flatMap((model) => model.parts));
  const settings = await extractionSettings(study, host);
  const training = new Set(ofCohort(prepared.ledger, 'training').map((row) => row.id));
  const radiomics = parts.has('radiomics')
    ? await radiomicsStage(host, study, files, settings, training)
    : null;
  refuseFailures(radiomics?.failed ?? [], files.length);
  const deep = parts.has('deep') ? await deepStage(host, study, files, training) : null;
  refuseFailures(deep?.failed ?? [], files.length);
  const delta = deltaPairs(images.visits, images.delta);
  const layout: VisitLayout = { visits: images.visits, sequences: images.sequences, delta };
  const withDelta = (table: FeatureTable): FeatureTable => addDeltaColumns(table, layout);
  const deepDelta = (table: FeatureTable): FeatureTable =>
    addDeltaColumns(table, { ...layout, sequences: [study.deep.backbone] });
  return {
    ledger: prepared.ledger,
    radiomics: radiomics === null ? null : withDelta(radiomics.features),
    readers:
      radiomics === null || radiomics.readers === null
        ? null
        : [withDelta(radiomics.readers[0]), withDelta(radiomics.readers[1])],
    deep: deep === null ? null : deepDelta(deep.features),
    copies: deep?.copies.map(deepDelta) ?? [],
    adjacent:
      deep === null || deep.adjacent === null
        ? null
        : {
            slices: { offsets: study.deep.adjacent!, ends: deep.adjacent.ends },
            features: deepDelta(deep.adjacent.features),
            copies: deep.adjacent.copies.map(deepDelta),
          },
    pictures: deep?.pictures ?? [],
    acquisition: {
      visits: images.visits,
      sequences: images.sequences,
      delta,
      settings,
      region: await regionRuleOf(host, images.masks),
      ...(images.biasField === undefined ? {} : { biasField: images.biasField }),
      ...(radiomics === null ? {} : { seen: seenIn(radiomics, training, images) }),
      ...(deep === null ? {} : { slices: study.deep.slices, picture: study.deep.picture }),
      network: deep === null ? null : deep.network.description,
    },
    network: deep?.network.onnx ?? null,
    readerMasks: readerMasksOf(radiomics, images.readers),
    banners: [...banners, ...(deep !== null && !deep.network.description.pretrained ? [NOT_PRETRAINED] : [])],
    remarks: remarksOf(study, prepared, radiomics, deep),
  };
}

/** How far the masks of the readers agree; null where there are not two of them. */
function readerMasksOf(
  radiomics: RadiomicsStage | null,
  [first, second]: readonly string[],
): ReaderMasks | null {
  if (radiomics === null || radiomics.overlaps.length === 0) return null;
  return summariseReaderMasks(
    radiomics.overlaps.map(({ files: { patient, visit, sequence }, agreement }) => ({
      patient,
      visit,
      sequence,
      dice: agreement.dice,
      hausdorff95: agreement.hausdorff95,
      volumeDifference: agreement.volumeDifference,
    })),
    [first!, second!],
  );
}

/** What the training images of each visit and sequence looked like; the ranges that a new patient is held against. */
function seenIn(
  { signatures }: RadiomicsStage,
  training: ReadonlySet<string>,
  { visits, sequences }: NonNullable<Study['images']>,
): SeenImages[] {
  return visits.flatMap((visit) =>
    sequences.flatMap((sequence) => {
      const own = signatures.filter(
        ({ files }) => files.visit === visit && files.sequence === sequence && training.has(files.patient),
      );
      return own.length === 0
        ? []
        : [
            seenImages(
              visit,
              sequence,
              own.map(({ signature }) => signature),
            ),
          ];
    }),
  );
}

/** Settings of the study's parameter file, or the default protocol. */
export async function extractionSettings(study: Study, host: StudyHost): Promise<Protocol> {
  const { params } = study.radiomics;
  if (params === undefined) return defaultProtocol();
  const { file, bytes } = await readNamed(host, insideStudy(params, 'radiomics.params'), 'radiomics.params');
  return parseProtocol(new TextDecoder().decode(bytes), file);
}

function refuseFailures(failed: readonly FailedCase[], total: number): void {
  const first = failed[0];
  if (first === undefined) return;
  const named = failed
    .slice(0, NAMED_FAILURES)
    .map(
      ({ files, error }) =>
        `${files.patient} ${files.visit} ${files.sequence}, ${error.place.file ?? files.image}: ${error.message}`,
    );
  const more = failed.length > NAMED_FAILURES ? ` And ${failed.length - NAMED_FAILURES} more.` : '';
  throw new SentinodeError(
    'cases-failed',
    `${failed.length} of ${total} images could not be measured. ${named.join(' ')}${more} The others are kept: mend these and run again, or exclude the patients.`,
    { file: first.error.place.file ?? first.files.image, patient: first.files.patient },
    first.error,
  );
}

function remarksOf(
  study: Study,
  prepared: PreparedStudy,
  radiomics: RadiomicsStage | null,
  deep: DeepStage | null,
): string[] {
  const { masks, readers } = study.images!;
  const undefinedValues = Object.values(radiomics?.undefinedCounts ?? {});
  const count = undefinedValues.reduce((sum, n) => sum + n, 0);
  return [
    ...(masks.consensus === undefined
      ? [`No consensus masks were named: the features of the model come from the masks of ${readers[0]}.`]
      : []),
    ...(radiomics !== null && radiomics.readers === null
      ? ['Masks of two readers were not named: the ICC filter was not applied.']
      : []),
    masks.lesions === 'union'
      ? 'Several labels or pieces of a mask count as one region (union).'
      : 'Of several labels or pieces of a mask only the largest is measured.',
    ...(study.images!.biasField === undefined
      ? []
      : [biasFieldSentence({ ...biasFieldDefaults, ...study.images!.biasField })]),
    ...(prepared.repairs.length > 0
      ? [
          `${prepared.repairs.length} masks were read from copies that check --repair made (${countedCauses(prepared.repairs)}); ledger.csv names them.`,
        ]
      : []),
    ...(prepared.tumourBeds > 0
      ? [
          `${prepared.tumourBeds} visits without a visible tumour were measured on the tumour bed, as the study file says.`,
        ]
      : []),
    ...(count > 0
      ? [
          `${count} feature values of ${undefinedValues.length} columns are undefined; a column that is undefined for a training patient is dropped.`,
        ]
      : []),
    ...Object.entries(radiomics?.warningCounts ?? {})
      .filter(([code]) => code !== 'bins-unusual' || radiomics?.greyLevels === undefined)
      .map(([code, n]) => `Extraction warning ${code}: ${n} regions.`),
    ...(radiomics?.greyLevels === undefined ? [] : [radiomics.greyLevels]),
    ...(deep === null
      ? []
      : [
          `Deep features: ${deep.network.description.backbone}, weights ${deep.network.description.weights}.`,
          ...(study.deep.slices.length > 1
            ? [
                `Deep features are the mean over ${study.deep.slices.length} slices, ${study.deep.slices.join(', ')} from the one with the largest tumour area (positive: towards the head).`,
              ]
            : []),
          ...(deep.copies.length > 0
            ? [
                `Augmentation: ${deep.copies.length} changed copies of the pictures of each training patient are further rows of that patient for the components and classifiers with deep features; tests, penalties, cut-offs and all evaluation count each patient once.`,
              ]
            : []),
        ]),
  ];
}

function countedCauses(repairs: PreparedStudy['repairs']): string {
  const causes = [...new Set(repairs.map(({ cause }) => cause))];
  return causes.map((cause) => `${cause} ${repairs.filter((one) => one.cause === cause).length}`).join(', ');
}

function biasFieldSentence({ shrink, iterations, controlPoints }: BiasFieldOptions): string {
  return `The bias field of every image was divided out by N4 before measurement (shrunk by ${shrink}, at most ${iterations.join(', ')} iterations, ${controlPoints} control points along each axis).`;
}

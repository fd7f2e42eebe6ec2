import { createRandom, type FeatureTable, hash32, type Random, sqrt } from '@sentinode/core';
import { sequences, visits } from '../images/sequences.ts';
import { type FeatureIdentity, features, fullName, imageTypes } from './feature-names.ts';
import { draws, type FactorValues, factorsOfImages, imageFactors } from './image-factors.ts';
import { drawScale, type FeatureScale, fromWhole, scaleInto } from './scale.ts';

/** Radiomic tables of a simulated study: consensus and the two readers, the same columns. */
export interface RadiomicTables {
  readonly consensus: FeatureTable;
  readonly readers: readonly [FeatureTable, FeatureTable];
}

/** How one feature depends on the directions of its block; the same in every study, whatever the seed. */
interface FeatureDesign {
  readonly name: string;
  readonly type: number;
  /** Loadings on the block's directions, together with `own` of length 1. */
  readonly loadings: Float64Array;
  readonly own: number;
  /** Standard deviation of a reader's departure, from the ICC aimed at. */
  readonly readerSd: number;
  /** Which of the block's reader factors moves it. */
  readonly readerFactor: number;
  readonly scale: FeatureScale;
}

/** Directions of a block: the image factors as the filtered image shows them, and some of its own. */
const OWN_DIRECTIONS = 1;
const DIRECTIONS = imageFactors.length + OWN_DIRECTIONS;
/** Features of a class gather around so many typical mixtures of the directions. */
const MIXTURES = 3;
/** Share of variance that a direction of a filtered image has in common with the image's factor. */
const COMMON = 0.97;
/** Departures of a reader: so many common factors per image type, with this share of the variance. */
const READER_FACTORS = 3;
const READER_COMMON = 0.4;
/** A consensus keeps a part of what the readers' mean departs. */
const CONSENSUS_PART = 0.3;

/** ICC aimed at, by class; wavelet bands and fine textures agree less. */
const agreementOfClass: Readonly<Record<string, number>> = {
  shape: 0.86,
  firstorder: 0.92,
  glcm: 0.9,
  glrlm: 0.86,
  glszm: 0.74,
  gldm: 0.86,
  ngtdm: 0.76,
};

const unitLength = (values: Float64Array): Float64Array => {
  const length = sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.map((value) => value / length);
};

function mixture(featureClass: string, index: number): Float64Array {
  const random = createRandom(hash32(`${featureClass}/${index}`), 'mixture');
  const values = draws(random, DIRECTIONS).map((value) => value * value * value);
  if (featureClass === 'shape') values[0]! += 3;
  return unitLength(values);
}

function designOf(identity: FeatureIdentity): FeatureDesign {
  const name = fullName(identity);
  const byName = createRandom(hash32(`${identity.featureClass}_${identity.name}`), 'feature');
  const random = createRandom(hash32(name), 'design');
  const centre = mixture(identity.featureClass, byName.integer(MIXTURES));
  const around = unitLength(centre.map((value) => value + 0.05 * byName.normal() + 0.04 * random.normal()));
  const spread = random.uniform();
  const own = 0.03 + 0.17 * spread * spread;
  const fine = /HH|HLH|LHH/.test(identity.type) ? 0.08 : 0;
  const icc = agreementOfClass[identity.featureClass]! - fine + 0.09 * random.normal();
  const agreed = Math.min(0.99, Math.max(0.4, icc));
  return {
    name,
    type: imageTypes.indexOf(identity.type),
    loadings: around.map((value) => value * sqrt(1 - own * own)),
    own,
    readerSd: sqrt((1 - agreed) / agreed),
    readerFactor: random.integer(READER_FACTORS),
    scale: drawScale(random),
  };
}

/**
 * Tables of 10,773 columns: 3 sequences x 1,197 features, for pre, post and delta (post minus pre, exact in decimals).
 * Features of an image type share directions with the other types of the image, and images share factors within a
 * patient; only the image factors know the latent response.
 * @param responses latent response per patient, variance 1
 */
export function radiomicTables(
  ids: readonly string[],
  responses: Float64Array,
  random: Random,
): RadiomicTables {
  const designs = features.map(designOf);
  const factors = factorsOfImages(responses, random.fork('factors'));
  const wholes = visits.flatMap((visit) =>
    sequences.map((sequence) =>
      imageColumns(designs, factors[visit][sequence], random.fork(`${visit}/${sequence}`), ids.length),
    ),
  );
  const table = (which: number): FeatureTable => assemble(ids, designs, (image) => wholes[image]![which]!);
  return { consensus: table(0), readers: [table(1), table(2)] };
}

/** Whole-number columns of one image: consensus, reader 1, reader 2. */
function imageColumns(
  designs: readonly FeatureDesign[],
  factors: FactorValues,
  random: Random,
  n: number,
): [Float64Array[], Float64Array[], Float64Array[]] {
  const named = (name: string): Float64Array => draws(random.fork(name), n);
  const blocks = imageTypes.map((type) =>
    Array.from({ length: DIRECTIONS }, (_, index) => {
      const own = named(`${type}/direction-${index}`);
      const common = factors[index];
      return common === undefined
        ? own
        : own.map((value, i) => sqrt(1 - COMMON) * value + sqrt(COMMON) * common[i]!);
    }),
  );
  const readerFactors = ['reader-1', 'reader-2'].map((reader) =>
    imageTypes.map((type) =>
      Array.from({ length: READER_FACTORS }, (_, index) => named(`${reader}/${type}/${index}`)),
    ),
  );
  const noise = random.fork('features');
  const columns: [Float64Array[], Float64Array[], Float64Array[]] = [[], [], []];
  const measured = [new Float64Array(n), new Float64Array(n), new Float64Array(n)] as const;
  for (const design of designs) {
    const block = blocks[design.type]!;
    const shared = readerFactors.map((types) => types[design.type]![design.readerFactor]!);
    for (let i = 0; i < n; i++) {
      let value = design.own * noise.normal();
      for (let d = 0; d < DIRECTIONS; d++) value += design.loadings[d]! * block[d]![i]!;
      const departure = (reader: 0 | 1): number =>
        design.readerSd *
        (sqrt(READER_COMMON) * shared[reader]![i]! + sqrt(1 - READER_COMMON) * noise.normal());
      const first = departure(0);
      const second = departure(1);
      measured[0][i] = value + (CONSENSUS_PART * (first + second)) / 2;
      measured[1][i] = value + first;
      measured[2][i] = value + second;
    }
    for (const [which, standard] of measured.entries()) {
      const whole = new Float64Array(n);
      scaleInto(standard, design.scale, whole);
      columns[which]!.push(whole);
    }
  }
  return columns;
}

function assemble(
  ids: readonly string[],
  designs: readonly FeatureDesign[],
  ofImage: (image: number) => readonly Float64Array[],
): FeatureTable {
  const names: string[] = [];
  const columns: Float64Array[] = [];
  visits.forEach((visit, v) => {
    sequences.forEach((sequence, s) => {
      designs.forEach((design, f) => {
        names.push(`${visit}_${sequence}_${design.name}`);
        columns.push(fromWhole(ofImage(v * sequences.length + s)[f]!, design.scale.decimals));
      });
    });
  });
  sequences.forEach((sequence, s) => {
    designs.forEach((design, f) => {
      const pre = ofImage(s)[f]!;
      const post = ofImage(sequences.length + s)[f]!;
      names.push(`delta_${sequence}_${design.name}`);
      columns.push(
        fromWhole(
          post.map((value, i) => value - pre[i]!),
          design.scale.decimals,
        ),
      );
    });
  });
  return { ids, names, columns };
}

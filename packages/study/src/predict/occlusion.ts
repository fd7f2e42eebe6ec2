import { type Progress, SentinodeError, throwIfAborted } from '@sentinode/core';
import { type ColourPicture, type Network, type Picture, reloadNetwork } from '@sentinode/deep';
import type { ClinicalValues } from '../cohort/clinical-data.ts';
import { featuresOf } from '../images/deep-visit.ts';
import type { LockedModel } from '../models/locked-model.ts';
import { meanProbability, type PatientFeatures, scoresOf } from '../models/score.ts';
import type { CaseFile } from './case-file.ts';
import { type CaseHost, caseColours, deepRowOf } from './measure-case.ts';

/** How the probability of a case changes when squares of one visit's picture are covered. */
export interface OcclusionMap {
  readonly visit: string;
  /** What the network saw, uncovered; of several slices the first. */
  readonly picture: ColourPicture;
  /** Side of the covered square and distance between squares, pixels of the picture. */
  readonly patch: number;
  readonly stride: number;
  /** Squares down and across. */
  readonly rows: number;
  readonly columns: number;
  /** Probability with the square covered minus probability without, row by row. */
  readonly change: Float64Array;
}

/** Maps of all visits, with the probability of the uncovered pictures and the number of forward passes. */
export interface Occlusion {
  readonly probability: number;
  readonly passes: number;
  readonly maps: readonly OcclusionMap[];
}

export interface OcclusionOptions {
  readonly patch: number;
  readonly stride: number;
}

/** What maps cost: forward passes of the network, one for each visit, square and slice. */
export interface OcclusionCost {
  readonly visits: number;
  /** Squares of one visit. */
  readonly squares: number;
  readonly slices: number;
  readonly passes: number;
}

/** Who is told before the passes begin, and while they go on. */
export interface OcclusionWatch {
  readonly begin?: (cost: OcclusionCost) => void;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Covers one square after the other with the mean of its channel, in all slices of one visit, and scores the case again;
 * the other visit, radiomic and clinical predictors stay as they are. Forward passes only: visits x squares x slices.
 * @param measured the case's features, as `measureCase` gave them
 * Source: occlusion sensitivity, Zeiler and Fergus 2014.
 * @throws SentinodeError `option-invalid` for a model without deep features from images, and those of measuring
 */
export async function occlusionMaps(
  model: LockedModel,
  bytes: Uint8Array | null,
  given: CaseFile,
  measured: PatientFeatures['feature'],
  clinical: ClinicalValues,
  host: CaseHost,
  { patch, stride }: OcclusionOptions,
  watch: OcclusionWatch = {},
): Promise<Occlusion> {
  const { acquisition } = model;
  if (model.deep === null || acquisition === null || acquisition.network === null)
    throw new SentinodeError(
      'option-invalid',
      'Only a model with deep features from images has pictures to cover; this one has none.',
      { field: '--occlusion' },
    );
  const { backbone } = acquisition.network;
  const network = await reloadNetwork(acquisition.network, bytes, host.inference);
  try {
    const pictures = await caseColours(acquisition, network, given, host);
    const visits = new Map<string, Float64Array>();
    for (const [visit, colours] of pictures) visits.set(visit, await featuresOf(network, colours));
    const score = (features: ReadonlyMap<string, Float64Array>): number => {
      const row = deepRowOf(given.id, features, acquisition, backbone);
      const deep = new Map(row.names.map((name, index) => [name, row.columns[index]![0]!]));
      const patient: PatientFeatures = {
        id: given.id,
        feature: (name) => deep.get(name) ?? measured(name),
        clinical,
      };
      return meanProbability(scoresOf(model, patient));
    };
    const probability = score(visits);
    const { side } = network.interface;
    const across = Math.max(1, Math.floor((side - patch) / stride) + 1);
    const slices = [...pictures.values()][0]!.length;
    const squares = across * across;
    const passes = pictures.size * squares * slices;
    watch.begin?.({ visits: pictures.size, squares, slices, passes });
    let done = 0;
    const maps: OcclusionMap[] = [];
    for (const [visit, colours] of pictures) {
      const change = new Float64Array(squares);
      for (let at = 0; at < change.length; at++) {
        throwIfAborted(watch.signal);
        const [x, y] = [(at % across) * stride, Math.floor(at / across) * stride];
        const features = await coveredFeatures(network, colours, x, y, patch);
        change[at] = score(new Map([...visits, [visit, features]])) - probability;
        done += slices;
        watch.progress?.({ stage: 'occlusion', done, total: passes });
      }
      maps.push({ visit, picture: colours[0]!, patch, stride, rows: across, columns: across, change });
    }
    return { probability, passes, maps };
  } finally {
    await network.close();
  }
}

/** Features of a visit with a square covered in every slice. */
function coveredFeatures(
  network: Network,
  colours: readonly ColourPicture[],
  x: number,
  y: number,
  patch: number,
): Promise<Float64Array> {
  const covered = colours.map(
    (picture) => picture.map((channel) => cover(channel, x, y, patch)) as unknown as ColourPicture,
  );
  return featuresOf(network, covered);
}

function cover({ width, height, values }: Picture, x: number, y: number, patch: number): Picture {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const out = values.slice();
  for (let row = y; row < Math.min(height, y + patch); row++)
    out.fill(mean, row * width + x, row * width + Math.min(width, x + patch));
  return { width, height, values: out };
}

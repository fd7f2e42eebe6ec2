import type { NetworkDescription, PictureOptions } from '@sentinode/deep';
import type { FittedClassifier } from '@sentinode/learning';
import type { BiasFieldOptions } from '@sentinode/volume';
import type { SeenImages } from '../images/image-signature.ts';
import type { EncodedVariable } from './clinical-encoding.ts';
import type { ClinicalImputation } from './clinical-imputation.ts';
import type { PredictorSpread } from './predictor-spread.ts';

/** Radiomic predictors: the z-score of a feature, with the mean and standard deviation of the training cohort. */
export interface RadiomicBlock {
  readonly columns: readonly string[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** Deep predictors: z-scores of principal components of the network's features. */
export interface DeepBlock {
  /** Names of the network's features, in order. */
  readonly inputs: readonly string[];
  readonly centre: readonly number[];
  /** Names of the components that are kept. */
  readonly columns: readonly string[];
  /** One row of loadings per component, as long as `inputs`. */
  readonly loadings: readonly (readonly number[])[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** How the features of a new patient are measured, so that `predict` does exactly what the run did. */
export interface Acquisition {
  readonly visits: readonly string[];
  readonly sequences: readonly string[];
  readonly delta: readonly (readonly [string, string])[];
  /** Extraction settings as the engine uses them; null when features came from tables. */
  readonly settings: unknown;
  readonly region: { readonly lesions: 'union' | 'largest'; readonly label?: number };
  /** Settings of N4, where the bias field is divided out of every image; left out where it is not. */
  readonly biasField?: Partial<BiasFieldOptions>;
  /** What the training images looked like, by visit and sequence; left out by the first version. */
  readonly seen?: readonly SeenImages[];
  /** Offsets of the slices whose deep features are averaged; only the largest slice when left out. */
  readonly slices?: readonly number[];
  /** How the network's pictures are cut; the published way when left out. */
  readonly picture?: PictureOptions;
  /** Network of the deep block; null when deep features came from a table. */
  readonly network: NetworkDescription | null;
}

/**
 * A validated model that cannot be refitted: everything that a probability needs, as plain JSON. Scoring a patient
 * uses this and nothing else, in the run and in `predict`, so both give the same bits.
 */
export interface LockedModel {
  readonly schema: 'sentinode-model/1';
  readonly notice: string;
  readonly banners: readonly string[];
  readonly engine: string;
  readonly study: string;
  readonly profile: string;
  readonly name: string;
  readonly outcome: string;
  readonly radiomics: RadiomicBlock | null;
  readonly deep: DeepBlock | null;
  readonly clinical: readonly EncodedVariable[];
  /** How missing clinical values are completed; left out where the study takes complete cases. */
  readonly imputation?: ClinicalImputation;
  /** Predictors in the order of the classifier's inputs, with the range of the training cohort (domain check). */
  readonly predictors: readonly {
    readonly name: string;
    readonly kind: 'radiomics' | 'deep' | 'clinical';
    readonly minimum: number;
    readonly maximum: number;
    readonly mean: number;
  }[];
  readonly classifier: FittedClassifier;
  /** Spread of the training predictors, for the distance of a new patient; left out by the first version. */
  readonly spread?: PredictorSpread;
  /** Units of predictors that have one, by name. */
  readonly units?: Readonly<Record<string, string>>;
  /** What the model may be used for, in a sentence. */
  readonly intendedUse?: string;
  /** Patients it was trained on, and how many of them have the outcome. */
  readonly trainedOn?: { readonly n: number; readonly events: number };
  readonly threshold: number;
  readonly thresholdRule: string;
  readonly acquisition: Acquisition | null;
}

import { keepsRows } from '@sentinode/learning';
import type { LockedModel } from '../models/locked-model.ts';
import { partsOf } from '../models/model-parts.ts';

/** What the manifest says of the use of a model; worked out from the model, whatever a manifest claims. */
export interface BundleUse {
  /** false: the network of its deep features is not pretrained. null: the model has no network. */
  readonly pretrained: boolean | null;
  /** Whether the classifier keeps the predictors of training patients, so that who has the bundle has them. */
  readonly keepsPatients: boolean;
  /** Whether it may be signed for use, and why not. */
  readonly signable: boolean;
  readonly reason: string | null;
}

/** A model that asks for deep features and kept none of them came from the network all the same. */
export function useOf({ name, deep, acquisition, classifier }: LockedModel): BundleUse {
  const usesNetwork = deep !== null || partsOf(name).includes('deep');
  const pretrained = usesNetwork ? (acquisition?.network?.pretrained ?? null) : null;
  const seeded = pretrained === false;
  return {
    pretrained,
    keepsPatients: keepsRows(classifier),
    signable: !seeded,
    reason: seeded
      ? 'the network of its deep features is not pretrained (seeded weights); such a model shows the software and is for no patient'
      : null,
  };
}

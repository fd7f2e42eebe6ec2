import { TAG } from '../../data-set/tags.ts';
import { type DiffusionSource, directionText } from './source.ts';

/** (0018,9087), alone or in the MR Diffusion functional group; directions in (0018,9089). */
export const standard: DiffusionSource = {
  name: 'DICOM',
  read: (frame) => {
    const holder = frame.holder(TAG.MRDiffusionSequence, TAG.DiffusionBValue);
    const bValue = holder?.number(
      TAG.DiffusionBValue,
      holder.get(TAG.DiffusionBValue)?.vr === 'UN' ? 'FD' : undefined,
    );
    if (holder === undefined || bValue === undefined || !(bValue >= 0)) return undefined;
    const vector = holder.sequence(TAG.DiffusionGradientDirectionSequence)[0] ?? holder;
    const isotropic = holder.text(TAG.DiffusionDirectionality) === 'ISOTROPIC';
    const direction = isotropic ? undefined : directionText(vector.numbers(TAG.DiffusionGradientOrientation));
    return { bValue, direction: bValue === 0 ? undefined : direction };
  },
};

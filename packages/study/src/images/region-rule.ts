import { SentinodeError, withPlace } from '@sentinode/core';
import { type LabelDescription, labelNamed, parseLabelDescriptions } from '@sentinode/volume';
import type { StudyHost } from '../host/study-host.ts';
import type { Study } from '../study-file/options.ts';
import type { RegionRule } from './extraction-job.ts';

type Masks = NonNullable<Study['images']>['masks'];

/**
 * Names of the labels of a study's masks; empty where no file gives them.
 * @throws SentinodeError `file-missing`, `file-syntax`
 */
export async function labelNamesOf(host: StudyHost, { labels }: Masks): Promise<LabelDescription[]> {
  if (labels === undefined) return [];
  const bytes = await host.readInput(labels);
  if (bytes === undefined)
    throw new SentinodeError('file-missing', `There is no label description file "${labels}".`, {
      file: labels,
      field: 'images.masks.labels',
    });
  return parseLabelDescriptions(new TextDecoder().decode(bytes), labels);
}

/**
 * Which voxels of its masks a study measures, a label's name replaced by its number.
 * @throws SentinodeError as {@link labelNamesOf}; `mask-label` for a name that no label has
 */
export async function regionRuleOf(host: StudyHost, masks: Masks): Promise<RegionRule> {
  const { lesions, label } = masks;
  if (typeof label !== 'string') return { lesions, label };
  const names = await labelNamesOf(host, masks);
  return withPlace({ field: 'images.masks.label' }, () => ({ lesions, label: labelNamed(names, label) }));
}

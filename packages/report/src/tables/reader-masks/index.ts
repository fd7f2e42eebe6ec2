import type { ReaderMaskGroup } from '@sentinode/study';
import { decimal, NONE } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

/** Overlap of both readers' masks. */
export const readerMasks = {
  name: 'reader-masks',
  from: ['/readerMasks/groups'],
  title: "Overlap of the readers' masks",
  note: ({ readerMasks: found }) =>
    found === null
      ? ''
      : `Masks of ${found.readers.join(' and ')} on the images of ${found.patients} training patients, the regions as they are measured. Dice: twice the common voxels over the sum of both. Hausdorff distance: the larger of both directed 95th percentiles of surface distances. Difference in volume: second minus first reader, in per cent of their mean.`,
  cells: ({ readerMasks: found }) =>
    found === null
      ? { missing: 'masks of two readers were not measured in this run' }
      : {
          columns: [
            'By',
            'Group',
            'Images',
            'Dice, median [quartiles]',
            'mean ± SD',
            'least',
            'Hausdorff 95 % (mm), median [quartiles]',
            'Difference in volume (%), mean ± SD',
          ],
          rows: found.groups.map((group) => [
            group.by,
            group.name,
            String(group.images),
            quartiles(group.dice, 3),
            spread(group.dice, 3),
            decimal(group.dice.minimum),
            quartiles(group.hausdorff95, 2),
            spread(group.volumeDifference, 1),
          ]),
        },
} satisfies ReportTable;

type Spread = ReaderMaskGroup['dice'];

const quartiles = ({ median, q1, q3 }: Spread, digits: number): string =>
  `${decimal(median, digits)} [${decimal(q1, digits)}–${decimal(q3, digits)}]`;

const spread = ({ mean, sd }: Spread, digits: number): string =>
  `${decimal(mean, digits)} ± ${sd === null ? NONE : decimal(sd, digits)}`;

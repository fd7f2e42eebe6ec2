import { decimal } from '../../text/numbers.ts';
import type { ReportTable } from '../report-table.ts';

const range = ({ minimum, maximum }: { minimum: number; maximum: number }, digits: number): string =>
  minimum === maximum
    ? decimal(minimum, digits)
    : `${decimal(minimum, digits)} to ${decimal(maximum, digits)}`;

/** What the images of the training cohort looked like, by visit and sequence. */
export const acquisition = {
  name: 'acquisition',
  from: ['/acquisition/seen'],
  title: 'Images of the training cohort',
  note: () =>
    'Range over the training images, as read from the files; volume: mean ± SD of the region that the features come from.',
  cells: ({ acquisition: found }) => {
    const seen = found?.seen ?? [];
    if (seen.length === 0) return { missing: 'no radiomic features were measured from images in this run' };
    return {
      columns: [
        'Visit',
        'Sequence',
        'Images',
        'Voxel x (mm)',
        'Voxel y (mm)',
        'Voxel z (mm)',
        'Volume (mm³)',
      ],
      rows: seen.map(({ visit, sequence, n, spacing, regionVolume }) => [
        visit,
        sequence,
        String(n),
        ...spacing.map((one) => range(one, 3)),
        `${decimal(regionVolume.mean, 0)} ± ${decimal(regionVolume.sd, 0)}`,
      ]),
    };
  },
} satisfies ReportTable;

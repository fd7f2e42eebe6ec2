import type { Geometry } from '../volume.ts';

/** A plane of the body. */
export type Plane = 'axial' | 'coronal' | 'sagittal';

/** Axis of the patient: to the left, to the back, to the head. */
type Anatomical = 'left' | 'posterior' | 'superior';

/** Which axis of a grid runs closest to each axis of the patient, and which are drawn the other way round. */
export type AnatomicalAxes = Readonly<Record<Anatomical, { readonly index: number }>> & {
  /** By axis of the grid: whether its index falls where the picture goes right or down. */
  readonly reversed: readonly boolean[];
};

/** The three planes: what runs across the picture from left to right, down it, and through it. */
export const planeAxes: readonly {
  readonly plane: Plane;
  readonly across: Anatomical;
  readonly down: Anatomical;
  readonly through: Anatomical;
}[] = [
  { plane: 'axial', across: 'left', down: 'posterior', through: 'superior' },
  { plane: 'coronal', across: 'left', down: 'superior', through: 'posterior' },
  { plane: 'sagittal', across: 'posterior', down: 'superior', through: 'left' },
];

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

/** The assignment of axes with the largest sum of cosines; ties go to the first order. */
export function anatomicalAxes({ direction }: Geometry): AnatomicalAxes {
  const fit = (order: readonly number[]): number =>
    order.reduce((sum, axis, row) => sum + Math.abs(direction[3 * row + axis]), 0);
  const [left, posterior, superior] = orders.reduce((best, order) =>
    fit(order) > fit(best) + 1e-9 ? order : best,
  );
  const reversed = [false, false, false];
  reversed[left] = direction[left] < 0;
  reversed[posterior] = direction[3 + posterior] < 0;
  // Pictures have the head up, and their rows run down.
  reversed[superior] = direction[6 + superior] > 0;
  return { left: { index: left }, posterior: { index: posterior }, superior: { index: superior }, reversed };
}

/** Visits of the simulated study. */
export const visits = ['pre', 'post'] as const;
/** Sequences in the order of the published protocol. */
export const sequences = ['DCE', 'T2WI', 'DWI'] as const;
/** The two who draw. */
export const readers = ['reader1', 'reader2'] as const;

export type Visit = (typeof visits)[number];
export type Sequence = (typeof sequences)[number];

/** How a sequence is acquired and what tissues look like on it (arbitrary units, int16). */
export interface SequenceProtocol {
  /** Range of the spacing between voxel centres, mm: in plane and between slices. */
  readonly inPlane: readonly [number, number];
  readonly slice: readonly [number, number];
  readonly fat: number;
  readonly gland: number;
  readonly muscle: number;
  readonly skin: number;
  /** Signal that a tumour adds to gland when its conspicuity is 1. */
  readonly tumour: number;
  /** Change of the signal inside a tumour at heterogeneity 1. */
  readonly texture: number;
  /** What the core of an uneven tumour does: 1 fades (washed out), -1 brightens (necrosis). */
  readonly core: 1 | -1;
  /** Standard deviation of the noise in each of the two receiver channels. */
  readonly noise: number;
  /** Largest relative change of the receiver's sensitivity over the field. */
  readonly bias: number;
}

/** The three protocols, all with fat suppression: early post-contrast DCE, T2WI, DWI at b = 800 s/mm2. */
export const protocols: Readonly<Record<Sequence, SequenceProtocol>> = {
  DCE: {
    inPlane: [0.72, 0.92],
    slice: [2, 2.6],
    fat: 150,
    gland: 330,
    muscle: 280,
    skin: 380,
    tumour: 480,
    texture: 520,
    core: 1,
    noise: 16,
    bias: 0.12,
  },
  T2WI: {
    inPlane: [0.66, 0.95],
    slice: [3, 4],
    fat: 120,
    gland: 310,
    muscle: 140,
    skin: 180,
    tumour: 190,
    texture: 400,
    core: -1,
    noise: 18,
    bias: 0.14,
  },
  DWI: {
    inPlane: [1, 1.2],
    slice: [3.6, 5],
    fat: 50,
    gland: 120,
    muscle: 95,
    skin: 80,
    tumour: 330,
    texture: 380,
    core: 1,
    noise: 17,
    bias: 0.1,
  },
};

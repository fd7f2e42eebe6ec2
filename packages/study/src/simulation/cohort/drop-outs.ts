import { apportion } from '../clinical/apportion.ts';

/** A yes-or-no column of the clinical table that decides who takes part. */
export interface Criterion {
  readonly column: string;
  /** Cell of everybody who takes part. */
  readonly usual: string;
  /** Cell that excludes. */
  readonly excluding: string;
  readonly reason: string;
}

/** Inclusion and exclusion criteria of the published study. */
export const criteria: readonly Criterion[] = [
  {
    column: 'node_metastasis_proven',
    usual: 'yes',
    excluding: 'no',
    reason: 'node metastasis not proven before NAT',
  },
  { column: 'nat_completed', usual: 'yes', excluding: 'no', reason: 'NAT not completed' },
  { column: 'surgery', usual: 'yes', excluding: 'no', reason: 'no surgery after NAT' },
  { column: 'earlier_treatment', usual: 'no', excluding: 'yes', reason: 'earlier treatment' },
  { column: 'bilateral', usual: 'no', excluding: 'yes', reason: 'bilateral cancer' },
  { column: 'mri_quality', usual: 'good', excluding: 'poor', reason: 'poor MRI' },
  {
    column: 'distant_metastasis',
    usual: 'no',
    excluding: 'yes',
    reason: 'distant metastasis during NAT',
  },
];

/** What can be wrong with the images of a patient; cells of the column `imaging` where features come as tables. */
export const imagingStates = [
  { state: 'no-mri', reason: 'no MRI' },
  { state: 'outside-window', reason: 'MRI outside its window' },
  { state: 'no-visible-tumour', reason: 'no visible tumour after NAT' },
  { state: 'sequence-missing', reason: 'a sequence is missing' },
] as const;

type ImagingState = (typeof imagingStates)[number]['state'];

/** Why a screened patient does not take part. */
export type DropOut =
  | { readonly kind: 'criterion'; readonly criterion: Criterion }
  | { readonly kind: 'clinical-missing' }
  | { readonly kind: 'outcome-missing' }
  | { readonly kind: 'imaging'; readonly state: ImagingState };

/** Every way to drop out, with how common it is among those who do. */
const kinds: readonly { readonly dropOut: DropOut; readonly weight: number }[] = [
  ...criteria.map((criterion) => ({ dropOut: { kind: 'criterion', criterion } as const, weight: 3 })),
  { dropOut: { kind: 'clinical-missing' }, weight: 4 },
  { dropOut: { kind: 'outcome-missing' }, weight: 1 },
  { dropOut: { kind: 'imaging', state: 'no-mri' }, weight: 4 },
  { dropOut: { kind: 'imaging', state: 'outside-window' }, weight: 5 },
  { dropOut: { kind: 'imaging', state: 'no-visible-tumour' }, weight: 6 },
  { dropOut: { kind: 'imaging', state: 'sequence-missing' }, weight: 2 },
];

/** Drop-outs as a share of those who take part. */
const DROP_OUT_SHARE = 0.18;
/** From this many patients on every reason occurs. */
const ALL_REASONS_FROM = 20;

/** The drop-outs of a cohort: about 18 % on top of those who take part, each reason at least once from 20 on. */
export function dropOutsOf(patients: number): DropOut[] {
  const wanted = Math.round(DROP_OUT_SHARE * patients);
  const once = patients >= ALL_REASONS_FROM ? 1 : 0;
  const more = apportion(
    kinds.map((kind) => kind.weight),
    Math.max(0, wanted - once * kinds.length),
  );
  return kinds.flatMap(({ dropOut }, index) => new Array<DropOut>(once + more[index]!).fill(dropOut));
}

/** The reason in words, for truth.csv. */
export function reasonOf(dropOut: DropOut): string {
  if (dropOut.kind === 'criterion') return dropOut.criterion.reason;
  if (dropOut.kind === 'clinical-missing') return 'a clinical variable is missing';
  if (dropOut.kind === 'outcome-missing') return 'outcome missing';
  return imagingStates.find(({ state }) => state === dropOut.state)!.reason;
}

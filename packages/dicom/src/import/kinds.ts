import type { SeriesAttributes } from '../frames/series-attributes.ts';
import type { SeriesVolume } from '../series/split-series.ts';

/** What a volume was taken for. */
export type VolumeKind =
  | 'localiser'
  | 'projection'
  | 'subtraction'
  | 'ADC'
  | 'diffusion-map'
  | 'enhancement-map'
  | 'DWI'
  | 'derived'
  | 'DCE'
  | 'T2WI'
  | 'T1WI'
  | 'other';

/** What the rules look at. */
export interface VolumeContext {
  readonly attributes: SeriesAttributes;
  readonly volume: SeriesVolume;
  /** Whether any volume of the series is diffusion-weighted. */
  readonly weighted: boolean;
}

/** A rule: the reason where it holds. */
interface Rule {
  readonly kind: VolumeKind;
  readonly holds: (context: VolumeContext) => string | undefined;
}

const inType =
  (...words: readonly string[]) =>
  ({ volume }: VolumeContext): string | undefined => {
    const found = volume.flavour.find((part) => words.includes(part.toUpperCase()));
    return found === undefined ? undefined : `image type ${found}`;
  };
const inText =
  (pattern: RegExp) =>
  ({ attributes }: VolumeContext): string | undefined => {
    const found = pattern.exec(`${attributes.description} ${attributes.protocol}`);
    return found === null
      ? undefined
      : `description says ${found[0]
          .replace(/[^A-Za-z0-9]+/g, ' ')
          .trim()
          .toLowerCase()}`;
  };
const either =
  (...rules: readonly Rule['holds'][]) =>
  (context: VolumeContext): string | undefined => {
    for (const rule of rules) {
      const reason = rule(context);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
const echo = ({ attributes, volume }: VolumeContext): number =>
  volume.echoTime ?? attributes.echoTime ?? Number.NaN;
const repetition = ({ attributes }: VolumeContext): number => attributes.repetitionTime ?? Number.NaN;
const at = (value: number): string => String(Math.round(value * 10) / 10);

/** In the order in which they are asked; the first that holds decides. Adding a kind is one line here. */
const rules: readonly Rule[] = [
  {
    kind: 'localiser',
    holds: either(
      inType('LOCALIZER', 'LOCALISER', 'SCOUT'),
      inText(/(?:^|[^a-z])(?:loc|localizer|localiser|scout|survey|3.?pl|three.?plane)(?:$|[^a-z])/i),
    ),
  },
  {
    kind: 'projection',
    holds: either(
      inType('MIP', 'MNIP', 'PROJECTION IMAGE', 'MAX_IP', 'MPR'),
      inText(/(?:^|[^a-z])(?:mip|minip)(?:$|[^a-z])/i),
    ),
  },
  {
    kind: 'ADC',
    holds: either(inType('ADC', 'ADC_UNSPECIFIED'), inText(/(?:^|[^a-z])(?:adc|apparent)(?:$|[^a-z])/i)),
  },
  {
    kind: 'diffusion-map',
    holds: inType('FA', 'EXP', 'EADC', 'TENSOR', 'TRACEW_MAP', 'FRACTIONAL_ANISOTROPY'),
  },
  {
    kind: 'subtraction',
    holds: either(
      inType('SUBTRACTION', 'SUB', 'SUBTRACT'),
      inText(/(?:^|[^a-z])sub(?:tract(?:ion|ed)?)?(?:$|[^a-z])/i),
    ),
  },
  {
    kind: 'enhancement-map',
    holds: either(
      inType('PE1', 'PE2', 'SER', 'PE', 'TTP', 'WASHIN', 'WASHOUT', 'WASH_IN', 'WASH_OUT'),
      inText(/(?:^|[^a-z])(?:ser|pe[0-9]|ttp|wash.?in|wash.?out|kinetic map)(?:$|[^a-z0-9])/i),
    ),
  },
  {
    kind: 'DWI',
    holds: either(
      ({ weighted, volume }) =>
        weighted
          ? volume.bValue === undefined
            ? 'a b-value in its series'
            : `b-value ${volume.bValue}`
          : undefined,
      inType('DIFFUSION', 'TRACEW', 'DIFFUSION_WEIGHTED'),
      inText(/(?:^|[^a-z])(?:dwi|diff(?:usion)?|dti)(?:$|[^a-z])/i),
    ),
  },
  {
    kind: 'DCE',
    holds: either(
      ({ volume }) => (volume.phase === undefined ? undefined : `${volume.phase.of} time points`),
      inText(
        /(?:^|[^a-z])(?:dce|dyn(?:amic|amics|aviews)?|vibrant|disco|twist|perfusion|ultrafast|multi.?phase)(?:$|[^a-z])/i,
      ),
    ),
  },
  {
    kind: 'derived',
    holds: ({ volume }) =>
      volume.flavour[0] === 'DERIVED' && volume.flavour[1] === 'SECONDARY'
        ? 'image type DERIVED SECONDARY'
        : undefined,
  },
  {
    kind: 'T2WI',
    holds: either(inText(/(?:^|[^a-z])(?:t2w?i?|stir|tirm)(?:$|[^a-z*])/i), (context) =>
      echo(context) >= 60 && repetition(context) >= 1500
        ? `echo time ${at(echo(context))} ms, repetition time ${at(repetition(context))} ms`
        : undefined,
    ),
  },
  {
    kind: 'T1WI',
    holds: either(inText(/(?:^|[^a-z])t1w?i?(?:$|[^a-z])/i), (context) =>
      echo(context) <= 30 && repetition(context) <= 1000
        ? `echo time ${at(echo(context))} ms, repetition time ${at(repetition(context))} ms`
        : undefined,
    ),
  },
];

/** What a volume is, and why. */
export function kindOf(context: VolumeContext): { readonly kind: VolumeKind; readonly why: string } {
  if (context.attributes.modality !== 'MR' && context.attributes.modality !== '')
    return {
      kind: 'other',
      why: `modality ${context.attributes.modality.replace(/[^A-Z]/g, '').slice(0, 16)}`,
    };
  for (const { kind, holds } of rules) {
    const why = holds(context);
    if (why !== undefined) return { kind, why };
  }
  return { kind: 'other', why: 'nothing in its header says what it is' };
}

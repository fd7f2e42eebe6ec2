import { rileySampleSize } from '@sentinode/statistics';
import type { SampleSizeResult } from '../results/further-results.ts';

/** Riley's sample size for the parameters that a model has, and for those that were tried. */
export function sampleSizesOf(
  { n, events }: { readonly n: number; readonly events: number },
  columns: number,
  candidates: number,
  nagelkerke: number,
): SampleSizeResult[] {
  return (
    [
      ['columns of the model', columns],
      ['candidate columns before selection', candidates],
    ] as const
  ).flatMap(([of, parameters]) =>
    parameters === 0
      ? []
      : [
          {
            of,
            parameters,
            anticipated: `Nagelkerke R2 ${nagelkerke}`,
            required: rileySampleSize({
              prevalence: events / n,
              parameters,
              fit: { nagelkerkeR2: nagelkerke },
            }),
            n,
            events,
          },
        ],
  );
}

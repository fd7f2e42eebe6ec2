import { normalCdf, normalQuantile } from '@sentinode/statistics';
import {
  type CohortSize,
  type Paper,
  type PaperCheck,
  type PaperFinding,
  type Statement,
  WHOLE,
} from '../paper.ts';
import { printedNumber, rounds, shown } from '../printed-number.ts';

/** Optimism so much beyond that of refitting the predictors must come from more than the final fit. */
const BEYOND = 0.05;

/** Events per variable, and a corrected AUC against what refitting so many predictors loses. */
export const overfitting: PaperCheck = {
  name: 'overfitting',
  looksFor:
    'events per variable that count other patients than the model saw; optimism that its fit cannot have',
  check: (paper, sizes) => {
    const training = trainingOf(sizes);
    const findings: PaperFinding[] = [];
    let compared = 0;
    for (const one of paper.statements) {
      const problem =
        one.kind === 'epv'
          ? eventsPerVariable(one, training, sizes.get(WHOLE))
          : one.kind === 'optimism_corrected_auc'
            ? optimism(one, paper, training)
            : undefined;
      if (problem === undefined) continue;
      compared++;
      if (problem !== '')
        findings.push({
          check: 'overfitting',
          where: one.section || 'prose',
          subject: `${one.kind}, ${one.subject}`,
          printed: one.detail === '' ? one.value : `${one.value} (${one.detail})`,
          arithmetic: problem,
          rounding: false,
        });
    }
    return { compared, findings };
  },
};

/** The cohort on which the models were made. */
function trainingOf(sizes: ReadonlyMap<string, CohortSize>): CohortSize | undefined {
  const named = [...sizes].find(([name]) => /train|develop|deriv/i.test(name));
  return named?.[1];
}

const counted = (text: string): readonly [number, number] | undefined => {
  const match = /(\d+) events over (\d+)/.exec(text);
  return match === null ? undefined : [Number.parseInt(match[1]!, 10), Number.parseInt(match[2]!, 10)];
};

/** Empty when all is well. */
function eventsPerVariable(
  { value, detail }: Statement,
  training: CohortSize | undefined,
  whole: CohortSize | undefined,
): string | undefined {
  const printed = printedNumber(value);
  const parts = counted(detail);
  if (printed === undefined || parts === undefined) return undefined;
  const [events, predictors] = parts;
  if (!rounds(printed, events / predictors))
    return `${events} over ${predictors} are ${shown(events / predictors)}.`;
  if (training === undefined) return '';
  const others = training.n - training.events;
  if (events === training.events || events === others) return '';
  const fewer = Math.min(training.events, others);
  const whose =
    events === whole?.events ? ' are those of the whole cohort' : ' are not those of the training cohort';
  return `The ${events} events${whose}; the model saw ${training.events} events and ${others} others: ${fewer} over ${predictors} are ${shown(fewer / predictors)}.`;
}

function optimism(
  of: Statement,
  { models, statements }: Paper,
  training: CohortSize | undefined,
): string | undefined {
  const row = models.find(({ model, cohort }) => model === of.subject && /train|develop|deriv/i.test(cohort));
  const corrected = printedNumber(of.value);
  if (row?.auc === undefined || corrected === undefined) return undefined;
  if (corrected.low > row.auc.high) return `It is larger than the apparent AUC ${row.auc.text}.`;
  const epv = statements.find(({ kind, subject }) => kind === 'epv' && subject === of.subject);
  const predictors = counted(epv?.detail ?? '')?.[1];
  if (predictors === undefined || training === undefined) return '';
  const expected = refittingOptimism(row.auc.value, predictors, training);
  const found = row.auc.value - corrected.value;
  return found <= expected + BEYOND
    ? ''
    : `The optimism is ${shown(found)}; refitting ${predictors} fixed predictors alone loses about ${shown(expected)}. Say which steps are inside the loop, or the text and the computation differ.`;
}

/**
 * Expected optimism of an apparent AUC when a linear rule of so many predictors is fitted: two normal classes, distance
 * of the classes corrected for its bias, then along the estimated direction (linear discriminant analysis).
 */
function refittingOptimism(apparent: number, predictors: number, { n, events }: CohortSize): number {
  const others = n - events;
  const distance = 2 * square(normalQuantile(Math.min(apparent, 1 - 1e-6)));
  const noise = (predictors * n) / (events * others);
  const shrink = (n - predictors - 3) / (n - 2);
  if (!(shrink > 0)) return apparent - 0.5;
  const true2 = Math.max(0, distance * shrink - noise);
  const along = (true2 / Math.sqrt(true2 + noise || 1)) * Math.sqrt(shrink);
  return apparent - normalCdf(along / Math.SQRT2);
}

const square = (x: number): number => x * x;

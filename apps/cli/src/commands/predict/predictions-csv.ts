import { type PatientPrediction, writeCsv } from '@sentinode/study';

/** One line a patient; contributions by variable behind the rest, empty where the patient is refused. */
export function predictionsCsv(predictions: readonly PatientPrediction[]): string {
  const variables = predictions[0]?.predictors.map(({ variable }) => variable) ?? [];
  return writeCsv(
    [
      'id',
      'probability',
      'interval_low',
      'interval_high',
      'class',
      'threshold',
      'domain',
      'reasons',
      'model',
      'interval_note',
      'contribution_method',
      ...variables.map((variable) => `contribution ${variable}`),
      'notice',
    ],
    predictions.map((one) => [
      one.id,
      text(one.probability),
      text(one.interval?.[0]),
      text(one.interval?.[1]),
      text(one.class),
      String(one.threshold),
      one.domain,
      one.reasons.join('; '),
      one.model,
      one.intervalNote,
      one.contributionMethod ?? '',
      ...variables.map((variable) => text(one.contributions[variable])),
      [one.notice, ...one.banners].join(' '),
    ]),
  );
}

const text = (value: number | null | undefined): string =>
  value === null || value === undefined ? '' : String(value);

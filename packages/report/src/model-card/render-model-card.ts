import type { Cohort, ModelResult, StudyResults } from '@sentinode/study';
import { leastPrinted } from '../disclosure/for-sharing.ts';
import { modelName } from '../text/model-names.ts';
import { aucEstimate, decimal, estimate, NONE, significant } from '../text/numbers.ts';

/** `model-card.md`: what each locked model is and how it did, from numbers only; what a human must add is asked for. */
export function renderModelCard(results: StudyResults): string {
  const { study, cohorts, acquisition, settings } = results;
  const line = (text: string): string =>
    text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
  return [
    `# Model card: ${line(study.name)}`,
    '',
    ...[...study.banners.map((banner) => `${banner}.`), results.notice].map((one) => `**${line(one)}**`),
    '',
    '| | |',
    '|---|---|',
    `| predicts | probability of ${line(study.outcome)} = ${line(study.positive)} |`,
    `| made with | Sentinode ${settings.engine}, profile ${study.profile}, seed ${study.seed} |`,
    `| analysis plan | ${results.plan.sha256} |`,
    `| training cohort | ${cohorts.training.n} patients, ${cohorts.training.events} events |`,
    `| validation cohort | ${cohorts.validation.n} patients, ${cohorts.validation.events} events |`,
    `| images | ${acquisition === null ? 'features came as tables' : `${line(acquisition.sequences.join(', '))} at ${line(acquisition.visits.join(', '))}`} |`,
    `| leakage audit | ${results.audit.checks.length} checks, ${results.audit.findings.length} findings |`,
    '| intended use, users, settings where it must not be used | left to a human |',
    '| ethical and legal matters | left to a human |',
    '',
    ...results.models.flatMap((model) => cardOf(model, results, line)),
    '## Limits',
    '',
    ...results.weaknesses.map(({ where, message }) => `- ${line(where)}: ${line(message)}`),
    ...results.study.remarks.map((remark) => `- ${line(remark)}`),
    '- Input outside the training ranges is warned of or refused by `predict`.',
    '',
  ].join('\n');
}

/** Subgroups with fewer of either outcome are not named. */
const FEWEST = 5;

function cardOf(model: ModelResult, results: StudyResults, line: (text: string) => string): string[] {
  const row = (label: string, of: (cohort: Cohort) => string): string =>
    `| ${label} | ${of('training')} | ${of('validation')} |`;
  const rate = (measure: 'sensitivity' | 'specificity' | 'ppv' | 'npv') => (cohort: Cohort) => {
    const { value, ci } = model[cohort].confusion[measure];
    return estimate(value, ci);
  };
  const fewest = Math.max(FEWEST, leastPrinted(results));
  const divided = results.subgroups.filter((one) => one.model === model.name && one.cohort === 'validation');
  const lowest = divided
    .flatMap(({ variable, rows }) => rows.map((one) => ({ ...one, variable })))
    .filter(({ auc, n, events }) => auc !== null && events >= fewest && n - events >= fewest)
    .sort((a, b) => a.auc!.auc - b.auc!.auc)[0];
  return [
    `## ${modelName(model.name)}`,
    '',
    `${model.predictors.length} predictors, ${model.classifier}, cut-off ${significant(model.threshold)} (${line(model.thresholdRule)}). Bundle: \`models/${line(model.name)}/\`.`,
    '',
    '| | training | validation |',
    '|---|---|---|',
    row('AUC (95 % CI, DeLong)', (cohort) => aucEstimate(model[cohort].auc)),
    row('sensitivity (95 % CI, Wilson)', rate('sensitivity')),
    row('specificity', rate('specificity')),
    row('PPV', rate('ppv')),
    row('NPV', rate('npv')),
    row('calibration slope', (cohort) => {
      const { calibration } = model[cohort];
      return calibration === null ? NONE : estimate(calibration.slope.value, calibration.slope.ci);
    }),
    row('Brier score', (cohort) => decimal(model[cohort].calibration?.brier)),
    '',
    lowest === undefined
      ? `No subgroup of the validation cohort has ${fewest} patients of each outcome.`
      : `Lowest AUC among the subgroups of the validation cohort with ${fewest} patients of each outcome or more: ${line(lowest.variable)} ${line(lowest.level)}, ${aucEstimate(lowest.auc!)}, ${lowest.events} events of ${lowest.n}.`,
    '',
  ];
}

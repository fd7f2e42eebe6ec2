import { modelName } from '../../text/model-names.ts';
import { aucEstimate, decimal, NONE, significant } from '../../text/numbers.ts';
import { sizes } from '../../text/sizes.ts';
import type { ReportTable } from '../report-table.ts';

/** Every listed classifier behind every model, in both cohorts; the chosen one is marked. */
export const classifiers = {
  name: 'classifiers',
  from: ['/classifiers'],
  title: 'Classifiers by model',
  note: (results) => {
    const rules = [...new Set(results.choices.map((choice) => choice.rule))].join('; ');
    const optimism = results.choices
      .filter((choice) => choice.optimism !== null)
      .map((choice) => `${modelName(choice.model)} ${decimal(choice.optimism!.value)}`);
    const flagged =
      optimism.length === 0
        ? ''
        : ` The choice read the validation cohort, which is expected to raise the validation AUC of the chosen by (bootstrap): ${optimism.join(', ')}.`;
    const ties = results.classifiers.find((one) => one.ties !== null)?.ties;
    const moved =
      ties === undefined || ties === null
        ? ''
        : ` Moves by ties: largest and mean range of a validation patient's probability over ${ties.refits} refits in which chance decides between equally good splits; a large one says that single probabilities are no function of the data alone.`;
    return `${sizes(results)}. AUC: DeLong 95 % CI. Choice: ${rules}.${flagged} Inner AUC: mean over the inner folds on training patients, everything fitted inside.${moved}`;
  },
  cells: (results) => ({
    columns: [
      'Model',
      'Classifier',
      'Settings',
      'Chosen',
      'Inner AUC',
      'AUC training',
      'AUC validation',
      'Cut-off',
      'Sensitivity',
      'Specificity',
      'Brier',
      'Moves by ties',
    ],
    rows: results.classifiers.map((one) => [
      modelName(one.model),
      one.classifier,
      Object.entries(one.options)
        .map(([name, value]) => `${name} ${typeof value === 'number' ? significant(value) : String(value)}`)
        .join(', ') || 'defaults',
      one.chosen ? 'yes' : '',
      one.inner === null ? NONE : decimal(one.inner.mean),
      aucEstimate(one.training),
      aucEstimate(one.validation),
      significant(one.threshold),
      decimal(one.sensitivity),
      decimal(one.specificity),
      decimal(one.brier),
      one.ties === null ? NONE : `${decimal(one.ties.largest)} (mean ${decimal(one.ties.mean)})`,
    ]),
  }),
} satisfies ReportTable;

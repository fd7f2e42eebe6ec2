import type { Printed } from '../../printed.ts';
import {
  type Answer,
  type Checklist,
  type ChecklistItem,
  checked,
  filled,
  has,
  human,
} from '../checklist.ts';
import { hospitals, leftForMissing, separation, sizesOf } from '../evidence.ts';

type Row = readonly [id: string, section: string, asks: string, answer: (printed: Printed) => Answer];

const rows: readonly Row[] = [
  [
    '1',
    'Title',
    'development or evaluation of a prediction model, population, outcome',
    () => human('Write the title'),
  ],
  ['2', 'Abstract', 'abstract by the guideline for abstracts', () => human('Write the abstract')],
  ['3a', 'Introduction', 'health context, and models that exist', () => human('Write it')],
  ['3b', 'Introduction', 'whom the model is for, where in care, who uses it', () => human('Write it')],
  ['3c', 'Introduction', 'known inequalities between groups of people', () => human('Write it')],
  ['4', 'Introduction', 'aims: development, validation or both', () => human('Write it')],
  ['5a', 'Data', 'sources of the data, and why they represent the population', () => human('Write it')],
  ['5b', 'Data', 'dates of the data', () => human('Write it; a run prints no date')],
  [
    '6a',
    'Participants',
    'setting, number and place of centres',
    (printed) =>
      hospitals(printed) > 0
        ? filled(printed, ['centres'], 'Setting and places')
        : human('Setting and places; name cohort.centre in the study file for results by centre'),
  ],
  [
    '6b',
    'Participants',
    'who was eligible',
    (printed) => filled(printed, ['flowchart', 'flow'], 'Why these rules'),
  ],
  ['6c', 'Participants', 'treatments, and how they were handled', () => human('Write it')],
  [
    '7',
    'Data preparation',
    'preparation and checks of the data',
    (printed) =>
      filled(printed, ['text: Methods', 'selection', 'derivation-conflicts'], 'Checks before the run'),
  ],
  [
    '8a',
    'Outcome',
    'outcome, its time, how it was assessed',
    ({ results: { study } }) =>
      human(`Define ${study.outcome} = ${study.positive}: assessment, time, and why this outcome`),
  ],
  ['8b', 'Outcome', 'who judged a subjective outcome', () => human('Write it')],
  ['8c', 'Outcome', 'blinding of the outcome', () => human('Write it')],
  [
    '9a',
    'Predictors',
    'choice of the candidate predictors',
    (printed) => filled(printed, ['selection'], 'Why these candidates'),
  ],
  [
    '9b',
    'Predictors',
    'definition and time of every predictor',
    (printed) =>
      filled(printed, ['text: Methods', 'kept-columns'], 'How and when clinical variables were measured'),
  ],
  [
    '9c',
    'Predictors',
    'who judged subjective predictors, blinding',
    () => human('Readers of the masks and their training'),
  ],
  [
    '10',
    'Sample size',
    'how the size came about, by cohort',
    (printed) => filled(printed, ['sample-size'], 'Whether the size was planned'),
  ],
  [
    '11',
    'Missing data',
    'how missing values were handled, and why',
    (printed) =>
      checked(
        `${printed.results.imputation === null ? 'complete cases' : 'multiple imputation'}; ${leftForMissing(printed)} patients left for something missing or undefined (ledger.csv)`,
        'Why this way',
      ),
  ],
  ['12a', 'Methods', 'how data were used for development and evaluation', (printed) => separation(printed)],
  [
    '12b',
    'Methods',
    'how predictors enter the analysis',
    (printed) => filled(printed, ['text: Methods'], 'Why this form'),
  ],
  [
    '12c',
    'Methods',
    'kind of model, every step, tuning, internal validation',
    (printed) =>
      filled(printed, ['text: Methods', 'classifiers', 'nested-cross-validation', 'optimism'], 'Why these'),
  ],
  [
    '12d',
    'Methods',
    'differences between clusters',
    (printed) => filled(printed, ['centres'], 'How they were looked for'),
  ],
  [
    '12e',
    'Methods',
    'measures and figures of performance, comparison of models',
    (printed) => filled(printed, ['performance', 'calibration', 'decision-curve', 'delong'], 'Why these'),
  ],
  [
    '12f',
    'Methods',
    'updating of the model after evaluation',
    () => checked('none: the locked models are those that were evaluated'),
  ],
  [
    '12g',
    'Methods',
    'how the evaluated predictions were calculated',
    () => ({ status: 'filled', says: 'models/<name>/model.json; section Models of the report', rest: '' }),
  ],
  [
    '13',
    'Class imbalance',
    'whether and how imbalance was handled',
    (printed) => checked(`share of events: ${sizesOf(printed)}`, 'Whether a method for imbalance was wanted'),
  ],
  [
    '14',
    'Fairness',
    'how fairness was addressed, and why',
    (printed) => filled(printed, ['subgroups'], 'Groups that matter, and why'),
  ],
  [
    '15',
    'Model output',
    'output of the model, classes and thresholds',
    ({ results: { models } }) =>
      checked(
        `probability; ${models.length === 0 ? 'no model' : models[0]!.thresholdRule}`,
        'Why this cut-off',
      ),
  ],
  [
    '16',
    'Training and evaluation',
    'differences of setting, eligibility, outcome, predictors',
    (printed) => filled(printed, ['baseline-cohorts'], 'Differences of setting'),
  ],
  ['17', 'Ethics', 'approval and consent', () => human('Write it')],
  ['18a', 'Open science', 'funding', () => human('Write it')],
  ['18b', 'Open science', 'conflicts of interest', () => human('Write it')],
  [
    '18c',
    'Open science',
    'protocol',
    ({ results: { plan } }) =>
      checked(
        `analysis plan ${plan.number} of this folder, SHA-256 ${plan.sha256} (plan.json)`,
        'Where the protocol can be read',
      ),
  ],
  ['18d', 'Open science', 'registration', () => human('Write it')],
  ['18e', 'Open science', 'access to the data', () => human('Write it')],
  [
    '18f',
    'Open science',
    'access to the code',
    ({ results: { settings } }) =>
      checked(
        `Sentinode ${settings.engine}, versions in provenance.json`,
        'Where code and bundles can be had',
      ),
  ],
  ['19', 'Patients and public', 'their part in the study', () => human('Write it')],
  ['20a', 'Results', 'flow of participants', (printed) => filled(printed, ['flowchart', 'flow'])],
  [
    '20b',
    'Results',
    'characteristics, missing values',
    (printed) => filled(printed, ['baseline', 'missing-values'], 'Dates, treatments, follow-up'),
  ],
  [
    '20c',
    'Results',
    'development beside evaluation data',
    (printed) => filled(printed, ['baseline-cohorts']),
  ],
  [
    '21',
    'Results',
    'participants and events of each analysis',
    (printed) => checked(`events of patients: ${sizesOf(printed)}`),
  ],
  [
    '22',
    'Results',
    'the whole model, for predictions in new people',
    () => ({
      status: 'filled',
      says: 'section Models (formula, where linear); models/<name>/model.json; calculator.html',
      rest: 'Access for others',
    }),
  ],
  [
    '23a',
    'Results',
    'performance with intervals, also of subgroups',
    (printed) => filled(printed, ['performance', 'calibration', 'roc', 'subgroups']),
  ],
  [
    '23b',
    'Results',
    'differences of performance between clusters',
    (printed) =>
      has(printed, 'centres') ? filled(printed, ['centres']) : human('The study file names no hospital'),
  ],
  [
    '24',
    'Results',
    'results of updating',
    () => ({ status: 'not applicable', says: 'no model was updated', rest: '' }),
  ],
  ['25', 'Discussion', 'interpretation, fairness, earlier studies', () => human('Write it')],
  [
    '26',
    'Discussion',
    'limitations',
    ({ results: { weaknesses, notComputed } }) =>
      human(
        `Write it; section Known weaknesses lists ${weaknesses.length} of the profile and ${notComputed.length} things not computed`,
      ),
  ],
  [
    '27a',
    'Usability',
    'poor or missing input when the model is used',
    () => human('Write it; predict refuses what lacks a value or lies outside the domain'),
  ],
  ['27b', 'Usability', 'what users must do and know', () => human('Write it')],
  ['27c', 'Usability', 'next steps of research', () => human('Write it')],
];

/** TRIPOD+AI: 27 items in 52 parts. */
export const tripodAi: Checklist = {
  name: 'tripod-ai',
  title: 'Checklist TRIPOD+AI',
  source: 'TRIPOD+AI (Collins 2024)',
  items: rows.map(([id, section, asks, answer]): ChecklistItem => ({ id, section, asks, answer })),
};

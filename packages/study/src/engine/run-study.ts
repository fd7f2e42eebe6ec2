import { type FeatureTable, isSentinodeError, SentinodeError, throwIfAborted } from '@sentinode/core';
import type { Available } from '@sentinode/learning';
import { developmentOf } from '../bundle/development.ts';
import type { StudyHost } from '../host/study-host.ts';
import { exclude, flowOf, included, type Ledger, ofCohort } from '../ledger/ledger.ts';
import { plainClinical } from '../models/clinical-imputation.ts';
import { firthRegression } from '../models/clinical-selection.ts';
import type { FittedBlocks } from '../models/fit-blocks.ts';
import type { ModelData } from '../models/model-data.ts';
import { featureLookup, neededFeatures, type PatientTables } from '../models/patient-tables.ts';
import { otherProfile, profileOf } from '../profiles/index.ts';
import { summariseScans } from '../results/scans.ts';
import type { NotComputed, ProfileComparison, StudyResults } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';
import { ENGINE_VERSION, NOTICE } from '../version.ts';
import { adjacentSlices, withoutAdjacentSlices } from './adjacent-slices.ts';
import { auditOf, summaryOf } from './audit-run.ts';
import { type ChosenClassifiers, chooseClassifiers } from './choose-classifiers.ts';
import { trainingData, ValidationGate } from './cohort-data.ts';
import { fewEvents, levelsUnseen } from './cohort-remarks.ts';
import { compareImputation } from './compare-imputation.ts';
import { comparisonsOf, delongOf } from './compare-models.ts';
import { compareProfiles } from './compare-profiles.ts';
import { agreementOf, baselineOf, countOf } from './describe-cohorts.ts';
import {
  candidateColumns,
  correlationOf,
  emptyModels,
  evaluateModel,
  withoutCalibration,
} from './evaluate-models.ts';
import { finalOptimism } from './final-optimism.ts';
import { fitProfile, type ProfileFit } from './fit-profile.ts';
import { measureStudy } from './measure-study.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { StudyOutcome } from './outcome.ts';
import { commitPlan, planOf } from './plan.ts';
import { type PreparedStudy, prepareStudy } from './prepare-study.ts';
import { nestProfile, resampleProfile } from './resample-profile.ts';
import { storeResamples } from './store-resamples.ts';
import { subgroupsOf } from './subgroups.ts';
import { notYetComputed } from './weaknesses.ts';

/**
 * Runs a whole study: ledger, measurement, selection and models on training patients, evaluation of the locked models
 * in both cohorts.
 * @throws SentinodeError of the study file, its data, or `interrupted`
 */
export async function runStudy(study: Study, host: StudyHost, available?: Available): Promise<StudyOutcome> {
  const prepared = await prepareStudy(study, host);
  const measured = await measureStudy(prepared, host);
  throwIfAborted(host.signal);
  return modelStudy({ ...prepared, ledger: measured.ledger }, measured, host, available);
}

/**
 * The part of {@link runStudy} after measurement, for programs that hold the feature tables already. Everything is
 * fitted on the training rows alone; the validation rows come out of the gate when it is fixed.
 * @param available steps of the caller's own, beside or in place of the usual ones
 * @throws SentinodeError of selection, models and evaluation
 */
export async function modelStudy(
  prepared: PreparedStudy,
  measured: MeasuredStudy,
  host: StudyHost,
  available?: Available,
): Promise<StudyOutcome> {
  const { study, clinical } = prepared;
  const data = trainingData(prepared, measured);
  const profile = profileOf(study.profile);
  const fit = await fitProfile(profile, prepared, measured, data, host, available);
  throwIfAborted(host.signal);
  const resampled = profile.resample ? await resampleProfile(fit, study, data, host, available) : null;
  const resampling = resampled?.resampling ?? null;
  const everyone: PatientTables = { radiomics: measured.radiomics, deep: measured.deep, clinical };
  const shared = fit.models[0]!.shared;
  const plan = planOf(study, profile, fit.recipe);
  const committed = await commitPlan(plan, host);
  const gate = new ValidationGate(prepared.ledger, everyone);
  const opened = gate.open('who has every feature that the models read', 'describe');
  const ledger = exclude(opened.ledger, unscorable(opened.ledger, shared, opened.tables));
  checkValidation(ledger, study);
  gate.narrow(ledger);
  const chosen = chooseOn(gate, fit, study, true);
  const evaluated = chosen.scored.map((model, index) =>
    evaluateModel(
      model[chosen.chosen[index]!]!,
      fit.models[index]!,
      ledger,
      study,
      prepared.centres,
      candidateColumns(fit.models[index]!.model, data),
    ),
  );
  const models = evaluated.map((_, index) => lockedOf(chosen, index));
  const optimism = await finalOptimism(fit, chosen, study, data, host, available);
  const resamples = await storeResamples(fit, chosen, study, data, host, available);
  const compared = await comparisonOf(
    gate,
    { fit, chosen, resampling },
    ledger,
    prepared,
    measured,
    data,
    host,
  );
  const adjacent = await adjacentSlices(
    { fit, chosen, outer: resampled?.outer ?? null },
    gate,
    ledger,
    prepared,
    measured,
    host,
    available,
  );
  const imputation = await compareImputation(
    { fit, chosen, data },
    gate,
    prepared,
    measured,
    host,
    available,
  );
  const { ledger: described } = gate.open('flowchart and baseline table', 'describe');
  const audit = auditOf(
    { fit, chosen, copies: measured.copies },
    adjacent?.run ?? null,
    gate,
    ledger,
    prepared,
    measured,
  );
  const notComputed: NotComputed[] = [
    ...notYetComputed,
    ...compared.notComputed,
    ...imputation.notComputed,
    ...(adjacent === null ? [withoutAdjacentSlices(prepared)] : []),
    ...(resampling !== null && resampling.ablations.length > 0
      ? []
      : [
          {
            item: 'Ablations (single visits and sequences)',
            reason: !profile.resample
              ? `the profile ${profile.name} does not resample`
              : study.ablations
                ? 'the study has no model with several visits or sequences'
                : 'not asked for: the study file says ablations: false',
          },
        ]),
    ...evaluated.flatMap(withoutCalibration),
  ];
  const results: StudyResults = {
    schema: 'sentinode-results/1',
    notice: NOTICE,
    study: {
      name: study.name,
      profile: study.profile,
      seed: study.seed,
      outcome: study.cohort.outcome.column,
      positive: String(study.cohort.outcome.positive),
      source: prepared.source,
      banners: measured.banners,
      remarks: [
        ...(committed.changedAfterReading
          ? [
              `This is plan ${committed.number} of this run folder: it was changed after validation rows had been read under an earlier plan.`,
            ]
          : []),
        ...measured.remarks,
        ...(shared.clinical?.remarks ?? []),
        ...fit.remarks,
        ...fewEvents(described),
        ...levelsUnseen(clinical, described),
        ...emptyModels(models),
      ],
    },
    settings: {
      engine: ENGINE_VERSION,
      study,
      selection: { radiomics: fit.recipe.radiomicSteps, deep: fit.recipe.deepSteps },
      candidates: fit.recipe.candidates,
    },
    acquisition: measured.acquisition,
    scans:
      prepared.scans === null
        ? null
        : summariseScans(
            prepared.scans,
            included(described).map(({ id }) => id),
            study.images!,
          ),
    cohorts: { training: countOf(described, 'training'), validation: countOf(described, 'validation') },
    flow: flowOf(described),
    baseline: baselineOf(described, clinical, study),
    derivation: prepared.derivation,
    agreement: agreementOf(shared, prepared),
    readerMasks: measured.readerMasks,
    selection: {
      ...(shared.radiomics === null ? {} : { radiomics: shared.radiomics.selection }),
      ...(shared.deep === null ? {} : { deep: shared.deep.selection }),
      ...(shared.clinical === null ? {} : { clinical: shared.clinical.selection }),
    },
    clinical:
      shared.clinical === null
        ? null
        : {
            ...shared.clinical.regression,
            firth: firthRegression(
              shared.clinical,
              data.clinical.variables,
              shared.imputed?.forRegression ?? plainClinical(data),
              data.outcomes,
              study.statistics.firth,
            ),
          },
    imputation: imputation.results,
    models: evaluated,
    classifiers: chosen.classifiers,
    choices: chosen.choices,
    optimism,
    resampling,
    adjacentSlices: adjacent?.result ?? null,
    profiles: compared.comparison,
    audit: summaryOf(audit),
    plan: committed,
    delong: delongOf(evaluated, profile.correction),
    comparisons: comparisonsOf(evaluated, study),
    subgroups: subgroupsOf(evaluated, ledger, prepared),
    correction: profile.correction,
    correlation: correlationOf(fit.models),
    weaknesses: profile.weaknesses(study),
    notComputed,
  };
  const features = new Map<string, FeatureTable>();
  if (measured.radiomics !== null) features.set('radiomics', measured.radiomics);
  measured.readers?.forEach((table, index) => features.set(`reader${index + 1}`, table));
  if (measured.deep !== null) features.set('deep', measured.deep);
  if (measured.adjacent !== null) features.set('deep-adjacent', measured.adjacent.features);
  return {
    results,
    ledger,
    models,
    resamples,
    development: models.map((model, index) => developmentOf(model, evaluated[index]!, ledger, clinical)),
    candidates: fit.candidates.flatMap((model) => model.map((candidate) => candidate.locked)),
    plan,
    groups: prepared.groups,
    repairs: prepared.repairs,
    imputed: imputedOf(fit, prepared),
    predictions: predictionsOf(chosen, ledger),
    network: measured.network,
    features,
    pictures: measured.pictures,
    audit,
  };
}

/** Clinical variables that each patient lacks, where the study imputes them. */
function imputedOf({ recipe }: ProfileFit, { clinical }: PreparedStudy): StudyOutcome['imputed'] {
  if (recipe.imputation === null) return new Map();
  return new Map(
    [...clinical.values].flatMap(([id, values]) => {
      const missing = clinical.variables.flatMap(({ name }) => (values[name] === null ? [name] : []));
      return missing.length === 0 ? [] : [[id, missing] as const];
    }),
  );
}

/** Opens the validation rows once: to score locked models, or to choose among them where the profile does that. */
function chooseOn(gate: ValidationGate, fit: ProfileFit, study: Study, ties = false): ChosenClassifiers {
  const choosing = fit.chosen === null && study.classifiers.length > 1;
  const opened = gate.open(
    choosing
      ? `profile ${fit.profile.name}: choice among ${study.classifiers.length} classifiers, and evaluation`
      : `profile ${fit.profile.name}: evaluation of the locked models`,
    choosing ? 'choose' : 'evaluate',
  );
  return chooseClassifiers(fit, opened.ledger, opened.tables, study.seed, ties);
}

const lockedOf = (chosen: ChosenClassifiers, index: number) =>
  chosen.scored[index]![chosen.chosen[index]!]!.fitted.locked;

/** Every probability of every classifier, for predictions.csv; the chosen ones are those of the bundles. */
function predictionsOf({ scored, chosen }: ChosenClassifiers, ledger: Ledger): StudyOutcome['predictions'] {
  return scored.flatMap((model, index) =>
    model.flatMap((candidate, at) =>
      (['training', 'validation'] as const).flatMap((cohort) =>
        ofCohort(ledger, cohort).map((row, i) => ({
          patient: row.id,
          cohort,
          model: candidate.fitted.locked.name,
          classifier: candidate.fitted.locked.classifier.classifier,
          chosen: at === chosen[index],
          probability: candidate[cohort][i]!,
          outcome: row.outcome,
        })),
      ),
    ),
  );
}

/** The other profile on the same patients; what keeps it from being run is said, and does not stop this run. */
async function comparisonOf(
  gate: ValidationGate,
  own: { fit: ProfileFit; chosen: ChosenClassifiers; resampling: StudyResults['resampling'] },
  ledger: Ledger,
  prepared: PreparedStudy,
  measured: MeasuredStudy,
  data: ModelData,
  host: StudyHost,
): Promise<{ comparison: ProfileComparison | null; notComputed: NotComputed[] }> {
  const { study } = prepared;
  const item = 'Gap to the other profile';
  if (!study.comparison)
    return {
      comparison: null,
      notComputed: [{ item, reason: 'not asked for: the study file says comparison: false' }],
    };
  const profile = otherProfile(study.profile);
  try {
    const fit = await fitProfile(profile, prepared, measured, data, host);
    const nested = profile.resample ? (await nestProfile(fit, study, data, host)).nested : [];
    const missing = unscorable(prepared.ledger, fit.models[0]!.shared, {
      radiomics: measured.radiomics,
      deep: measured.deep,
      clinical: prepared.clinical,
    });
    if (ofCohort(ledger, 'validation').some((row) => missing.has(row.id)))
      return {
        comparison: null,
        notComputed: [{ item, reason: `the profile ${profile.name} cannot score the same patients` }],
      };
    const chosen = chooseOn(gate, fit, study);
    return {
      comparison: compareProfiles(
        { fit: own.fit, chosen: own.chosen, nested: own.resampling?.nested ?? [] },
        { fit, chosen, nested },
      ),
      notComputed: [],
    };
  } catch (error) {
    if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
    return {
      comparison: null,
      notComputed: [{ item, reason: `the profile ${profile.name} cannot be run here: ${error.message}` }],
    };
  }
}

/** Validation patients who lack a feature that some model reads; they leave for all models alike. */
function unscorable(
  ledger: Ledger,
  blocks: FittedBlocks,
  tables: PatientTables,
): Map<string, { step: string; reason: string }> {
  const needed = neededFeatures(blocks);
  const lookup = featureLookup(tables);
  return new Map(
    ofCohort(ledger, 'validation').flatMap((row) => {
      const feature = lookup(row.id);
      const name = needed.find((candidate) => feature(candidate) === undefined);
      return name === undefined
        ? []
        : [[row.id, { step: 'Scoring', reason: `feature undefined (${name})` }] as const];
    }),
  );
}

function checkValidation(ledger: Ledger, study: Study): void {
  const outcomes = ofCohort(ledger, 'validation').map((row) => row.outcome);
  if (new Set(outcomes).size < 2) {
    throw new SentinodeError(
      'one-class',
      `${outcomes.length} validation patients can be scored, all with the same outcome; both outcomes are needed.`,
      { field: study.cohort.outcome.column },
    );
  }
}

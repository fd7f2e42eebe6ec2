import { type FeatureTable, SentinodeError, throwIfAborted } from '@sentinode/core';
import type { StudyHost } from '../host/study-host.ts';
import { exclude, flowOf, type Ledger, ofCohort } from '../ledger/ledger.ts';
import { selectClinical } from '../models/clinical-selection.ts';
import { type BlockData, fitDeepBlock, fitRadiomicBlock } from '../models/fit-blocks.ts';
import {
  type FittedBlocks,
  featureLookup,
  fitModel,
  neededFeatures,
  type PatientTables,
} from '../models/fit-models.ts';
import type { NotComputed, StudyResults } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';
import { NOTICE } from '../version.ts';
import { auditRows } from './audit.ts';
import { agreementOf, baselineOf, countOf } from './describe-cohorts.ts';
import {
  correlationOf,
  delongOf,
  emptyModels,
  evaluateModel,
  withoutCalibration,
} from './evaluate-models.ts';
import { measureStudy } from './measure-study.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { StudyOutcome } from './outcome.ts';
import { type PreparedStudy, prepareStudy } from './prepare-study.ts';
import { notYetComputed, publishedWeaknesses } from './weaknesses.ts';

/**
 * Runs a whole study: ledger, measurement, selection and models on training patients, evaluation of the locked models
 * in both cohorts.
 * @throws SentinodeError of the study file, its data, or `interrupted`
 */
export async function runStudy(study: Study, host: StudyHost): Promise<StudyOutcome> {
  const prepared = await prepareStudy(study, host);
  const measured = await measureStudy(prepared, host);
  throwIfAborted(host.signal);
  return modelStudy({ ...prepared, ledger: measured.ledger }, measured, host);
}

/**
 * The part of {@link runStudy} after measurement, for programs that hold the feature tables already.
 * @throws SentinodeError of selection, models and evaluation
 */
export function modelStudy(prepared: PreparedStudy, measured: MeasuredStudy, host: StudyHost): StudyOutcome {
  const { study, clinical } = prepared;
  const training = {
    ids: ofCohort(prepared.ledger, 'training').map((row) => row.id),
    outcomes: ofCohort(prepared.ledger, 'training').map((row) => row.outcome),
  };
  const tables: PatientTables = { radiomics: measured.radiomics, deep: measured.deep, clinical };
  const used = new Set(prepared.models.flatMap((model) => model.parts));
  const data = (table: FeatureTable, readers: BlockData['readers']): BlockData => ({
    table,
    readers,
    training: training.ids,
    outcomes: training.outcomes,
  });
  const clinicalSelection =
    clinical.variables.length > 0 ? selectClinical(clinical, training.ids, training.outcomes) : null;
  const blocks: FittedBlocks = {
    radiomics:
      used.has('radiomics') && measured.radiomics !== null
        ? fitRadiomicBlock(study, data(measured.radiomics, measured.readers), host.progress)
        : null,
    deep:
      used.has('deep') && measured.deep !== null
        ? fitDeepBlock(study, data(measured.deep, null), host.progress)
        : null,
    clinical: clinicalSelection?.kept ?? [],
  };
  throwIfAborted(host.signal);
  const ledger = exclude(prepared.ledger, unscorable(prepared.ledger, blocks, tables));
  checkValidation(ledger, study);
  const models = prepared.models.map((model) =>
    fitModel(study, model, blocks, tables, training, {
      banners: measured.banners,
      acquisition: measured.acquisition,
    }),
  );
  const evaluated = models.map((model) => evaluateModel(model, ledger, tables, study));
  const notComputed: NotComputed[] = [...notYetComputed, ...evaluated.flatMap(withoutCalibration)];
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
      remarks: [...measured.remarks, ...(clinicalSelection?.remarks ?? []), ...emptyModels(models)],
    },
    cohorts: { training: countOf(ledger, 'training'), validation: countOf(ledger, 'validation') },
    flow: flowOf(ledger),
    baseline: baselineOf(ledger, clinical, study),
    agreement: agreementOf(blocks, prepared),
    selection: {
      ...(blocks.radiomics === null ? {} : { radiomics: blocks.radiomics.selection }),
      ...(blocks.deep === null ? {} : { deep: blocks.deep.selection }),
      ...(clinicalSelection === null ? {} : { clinical: clinicalSelection.selection }),
    },
    clinical: clinicalSelection?.regression ?? null,
    models: evaluated,
    delong: delongOf(evaluated),
    correlation: correlationOf(models, training.ids, tables),
    weaknesses: publishedWeaknesses(study),
    notComputed,
  };
  const features = new Map<string, FeatureTable>();
  if (measured.radiomics !== null) features.set('radiomics', measured.radiomics);
  measured.readers?.forEach((table, index) => features.set(`reader${index + 1}`, table));
  if (measured.deep !== null) features.set('deep', measured.deep);
  const audit = auditRows(
    [
      { block: 'radiomics', steps: blocks.radiomics?.pipeline.steps ?? [] },
      { block: 'deep', steps: blocks.deep?.pipeline.steps ?? [] },
    ],
    models,
    ofCohort(ledger, 'validation').map((row) => row.id),
  );
  return { results, ledger, models, network: measured.network, features, audit };
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

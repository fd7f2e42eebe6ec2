/**
 * Does the published pipeline find something where there is nothing? Runs it on simulated feature tables of 254
 * patients: seeds 1-200 with permuted outcomes (`--effect none`), seeds 1-20 with the paper's and with a strong effect.
 * The 95 % interval of the validation AUC must hold 0.5 in at least 176 of 200, and the median validation AUC of DLR
 * must exceed 0.8 where the effect is strong.
 *
 *   npx tsdown --config bench/tsdown.config.ts
 *   node bench/dist/effect-none.js [seeds of none] [seeds of the others] [folder]      (about 5 s a study)
 *
 * Figures go to `reference/effect-none/result.json` of the folder where it is started.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { modelStudy, parseStudy, prepareStudy, type StudyHost, simulateTables } from '@sentinode/study';

type Effect = 'none' | 'paper' | 'strong';

interface ModelRow {
  readonly predictors: number;
  readonly training: number;
  readonly validation: number;
  readonly ci: readonly [number, number];
}

interface SeedRow {
  readonly effect: Effect;
  readonly seed: number;
  readonly selection: Readonly<Record<string, readonly number[]>>;
  readonly models: Readonly<Record<string, ModelRow>>;
}

/** A table with the ids and one column: stands for a feature table whose values are in memory already. */
function standIn(ids: readonly string[]): Uint8Array {
  return new TextEncoder().encode(`patient_id,pre_DCE_f\n${ids.map((id) => `${id},0\n`).join('')}`);
}

async function runSeed(effect: Effect, seed: number): Promise<SeedRow> {
  const simulated = simulateTables({ effect, seed });
  const { tables } = simulated;
  const absent = standIn(tables.radiomics.ids);
  const files = new Map<string, Uint8Array>([
    ['clinical.csv', new TextEncoder().encode(simulated.clinical)],
    ...['radiomics.csv', 'reader1.csv', 'reader2.csv', 'deep.csv'].map((name) => [name, absent] as const),
  ]);
  const host: StudyHost = {
    readInput: async (path) => files.get(path),
    hasInput: async (path) => files.has(path),
    cache: { get: async () => undefined, put: async () => undefined },
    extract: () => Promise.reject(new Error('no images here')),
    concurrency: 1,
  };
  const prepared = await prepareStudy(
    { ...parseStudy(simulated.study, 'study.yaml'), comparison: false },
    host,
  );
  const { results } = await modelStudy(
    prepared,
    {
      ledger: prepared.ledger,
      ...tables,
      copies: [],
      adjacent: null,
      pictures: [],
      acquisition: null,
      network: null,
      readerMasks: null,
      banners: [],
      remarks: [],
    },
    host,
  );
  return {
    effect,
    seed,
    selection: Object.fromEntries(
      Object.entries(results.selection).map(([block, selection]) => [
        block,
        selection.steps.map((step) => step.count),
      ]),
    ),
    models: Object.fromEntries(
      results.models.map((model) => [
        model.name,
        {
          predictors: model.predictors.length,
          training: model.training.auc.auc,
          validation: model.validation.auc.auc,
          ci: model.validation.auc.ci,
        },
      ]),
    ),
  };
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

function summarise(rows: readonly SeedRow[]): Record<string, object> {
  const names = Object.keys(rows[0]?.models ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const models = rows.map((row) => row.models[name]!);
      return [
        name,
        {
          studies: models.length,
          medianTraining: median(models.map((model) => model.training)),
          medianValidation: median(models.map((model) => model.validation)),
          intervalsThatHoldHalf: models.filter(({ ci }) => ci[0] <= 0.5 && 0.5 <= ci[1]).length,
          medianPredictors: median(models.map((model) => model.predictors)),
        },
      ];
    }),
  );
}

const [none = 200, others = 20] = process.argv.slice(2, 4).map(Number);
const folder = process.argv[4] ?? 'reference/effect-none';
const plan = (
  [
    ['strong', others],
    ['paper', others],
    ['none', none],
  ] as const
).flatMap(([effect, seeds]) => Array.from({ length: seeds }, (_, index) => ({ effect, seed: index + 1 })));
mkdirSync(folder, { recursive: true });
const rows: SeedRow[] = [];
for (const { effect, seed } of plan) {
  const row = await runSeed(effect, seed);
  rows.push(row);
  const aucs = Object.entries(row.models).map(
    ([name, model]) =>
      `${name} ${model.predictors} ${model.training.toFixed(3)}/${model.validation.toFixed(3)}`,
  );
  console.log(`${effect} ${seed}: ${row.selection.radiomics?.join('>')} | ${aucs.join('  ')}`);
  const summary = Object.fromEntries(
    (['none', 'paper', 'strong'] as const)
      .map((kind) => [kind, rows.filter((entry) => entry.effect === kind)] as const)
      .filter(([, entries]) => entries.length > 0)
      .map(([kind, entries]) => [kind, summarise(entries)]),
  );
  writeFileSync(`${folder}/result.json`, `${JSON.stringify({ summary, rows }, null, 1)}\n`);
}

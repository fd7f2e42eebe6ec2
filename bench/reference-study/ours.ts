import { writeFileSync } from 'node:fs';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { readMeta, shared, tableNames } from './data.ts';
import {
  type Classified,
  classifierNames,
  type Inputs,
  runTask,
  type Selected,
  type SharedStudy,
  type Task,
} from './tasks.ts';
import { startThreads } from './threads.ts';

/**
 * Our side of the benchmark: `node ours.js DATA THREADS OUT`. Reading the tables and starting the threads are not timed,
 * as on the other side.
 */
async function main(folder: string, threads: number, out: string): Promise<void> {
  const meta = readMeta(folder);
  const study: SharedStudy = {
    meta,
    tables: Object.fromEntries(tableNames.map((name) => [name, shared(folder, `${name}.f64`)])),
    optimism: shared(folder, 'optimism.u32'),
    differences: shared(folder, 'differences.u32'),
  };
  const pool = await startThreads(process.argv[1]!, study, threads);
  const parts: Record<string, { wall: number; cpu: number }> = {};
  const timed = async (name: string, tasks: readonly Task[]): Promise<unknown[]> => {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const results = await pool.run(tasks);
    const { user, system } = process.cpuUsage(cpu);
    parts[name] = { wall: (performance.now() - wall) / 1000, cpu: (user + system) / 1e6 };
    return results;
  };
  const [radiomics, deep] = (await timed('selection', [
    { task: 'select', block: 'radiomics' },
    { task: 'select', block: 'deep' },
  ])) as [Selected, Selected];
  const clinical: Inputs = Array.from(
    { length: meta.columns.clinical },
    (_, j) => new Float64Array(study.tables.clinical!, 8 * j * meta.rows, meta.rows),
  );
  const inputs: Record<string, Inputs> = {
    dlr: [...radiomics.columns, ...deep.columns, ...clinical],
    radiomics: radiomics.columns,
    deep: deep.columns,
    clinical,
  };
  const models = Object.keys(inputs);
  // the most costly first, so that no thread waits for the other at the end
  const classify = [...classifierNames]
    .reverse()
    .flatMap((classifier) =>
      models.map((model) => ({ task: 'classify', model, classifier, inputs: inputs[model]! }) as const),
    );
  const classified = (await timed('classifiers', classify)) as Classified[];
  const optimismTasks = models.flatMap((model) =>
    Array.from(
      { length: 8 },
      (_, k) =>
        ({
          task: 'optimism',
          model,
          inputs: inputs[model]!,
          first: (k * meta.bootstraps) / 8,
          count: meta.bootstraps / 8,
        }) as const,
    ),
  );
  const optimism = (await timed('optimism', optimismTasks)) as { auc: number; brier: number }[][];
  const scoreOf = (model: string): Float64Array =>
    classified[classify.findIndex((one) => one.model === model && one.classifier === 'logistic-regression')]!
      .validation;
  const pairs = models.flatMap((a, i) => models.slice(i + 1).map((b) => [a, b] as const));
  const differences = await timed(
    'differences',
    pairs.map(
      (pair) => ({ task: 'differences', pair, scores: [scoreOf(pair[0]), scoreOf(pair[1])] }) as const,
    ),
  );
  await pool.stop();
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const result = {
    parts,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    selection: Object.fromEntries(
      Object.entries({ radiomics, deep }).map(([name, { counts, kept, alpha }]) => [
        name,
        { counts, kept, alpha },
      ]),
    ),
    classifiers: classify.map(({ model, classifier }, k) => ({
      model,
      classifier,
      foldAucs: classified[k]!.foldAucs,
      outOfFold: Array.from(classified[k]!.outOfFold),
      validation: Array.from(classified[k]!.validation),
    })),
    optimism: models.map((model) => {
      const own = optimismTasks.flatMap((task, k) => (task.model === model ? optimism[k]! : []));
      return { model, auc: mean(own.map((one) => one.auc)), brier: mean(own.map((one) => one.brier)) };
    }),
    differences: pairs.map((pair, k) => ({ pair, result: differences[k] })),
  };
  writeFileSync(out, JSON.stringify(result));
}

if (isMainThread) await main(process.argv[2]!, Number(process.argv[3]), process.argv[4]!);
else {
  const study = workerData as SharedStudy;
  parentPort!.on('message', (task: Task) => parentPort!.postMessage(runTask(study, task)));
  parentPort!.postMessage('ready');
}

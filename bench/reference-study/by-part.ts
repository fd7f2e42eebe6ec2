/**
 * Where our side's time goes: `node reference-study-parts.js [DATA]` runs every task on one thread and prints its processor
 * seconds. Without DATA the tables are made first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMeta, shared, tableNames, whole, writeData } from './data.ts';
import { classifierNames, type Inputs, runTask, type Selected, type SharedStudy } from './tasks.ts';

const given = process.argv[2];
const folder = given ?? mkdtempSync(join(tmpdir(), 'sentinode-benchmark-'));
if (!given) await writeData(folder, whole);
const meta = readMeta(folder);
const study: SharedStudy = {
  meta,
  tables: Object.fromEntries(tableNames.map((name) => [name, shared(folder, `${name}.f64`)])),
  optimism: shared(folder, 'optimism.u32'),
  differences: shared(folder, 'differences.u32'),
};

function timed<T>(name: string, work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  console.log(`${name.padEnd(40)} ${((user + system) / 1e6).toFixed(2)} s`);
  return result;
}

const select = (block: 'radiomics' | 'deep') =>
  timed(`selection, ${block}`, () => runTask(study, { task: 'select', block }) as Selected).columns;
const [radiomics, deep] = [select('radiomics'), select('deep')];
const clinical = Array.from(
  { length: meta.columns.clinical },
  (_, j) => new Float64Array(study.tables.clinical!, 8 * j * meta.rows, meta.rows),
);
const models: readonly (readonly [string, Inputs])[] = [
  ['dlr', [...radiomics, ...deep, ...clinical]],
  ['radiomics', radiomics],
  ['deep', deep],
  ['clinical', clinical],
];
for (const classifier of classifierNames)
  timed(`${classifier}, four models`, () => {
    for (const [model, inputs] of models) runTask(study, { task: 'classify', model, classifier, inputs });
  });
for (const [model, inputs] of models)
  timed(`optimism, ${model} (${inputs.length} columns)`, () =>
    runTask(study, { task: 'optimism', model, inputs, first: 0, count: meta.bootstraps }),
  );
if (!given) rmSync(folder, { recursive: true });

import { readFile } from 'node:fs/promises';
import type { Progress } from '@sentinode/core';
import { calculatorModels, formulaWorkbook, type RunFile, type StudyOutcome } from '@sentinode/study';
import { rasterise } from './rasteriser/rasterise.ts';

/** Pixels per unit of the drawings: 720 units at column width give 1,440 pixels. */
const SCALE = 2;
/** Drawings that are turned into pixels at the same time. */
const AT_ONCE = 2;

/** Report, figures (SVG and PNG), tables and the pictures that the network saw of a finished run. */
export async function drawReport(outcome: StudyOutcome, progress: Progress): Promise<RunFile[]> {
  const { pictureFiles, renderAll } = await import('@sentinode/report');
  const files: RunFile[] = await renderAll(outcome.results, outcome.pictures);
  const drawings = files.filter(({ path }) => path.startsWith('figures/'));
  const pictures: RunFile[] = new Array(drawings.length);
  let next = 0;
  let done = 0;
  const drawOneByOne = async (): Promise<void> => {
    while (next < drawings.length) {
      const at = next++;
      const { path, content } = drawings[at]!;
      const png = await rasterise(String(content), SCALE);
      pictures[at] = { path: path.replace(/\.svg$/, '.png'), content: png };
      progress({ stage: 'report', done: ++done, total: drawings.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, drawOneByOne));
  return [
    ...files,
    ...pictures,
    ...pictureFiles(outcome.pictures, outcome.results),
    ...(await calculatorFiles(outcome)),
  ];
}

/** The page that scores typed predictors, with its program inside, and the formulas of linear models as a workbook. */
async function calculatorFiles({ results, models }: StudyOutcome): Promise<RunFile[]> {
  const { renderCalculator } = await import('@sentinode/report');
  const found = calculatorModels(
    models,
    results.models.map(({ nomogram }) => nomogram),
  );
  const { name, banners } = results.study;
  const program = await readFile(new URL('./calculator.iife.js', import.meta.url), 'utf8');
  const page = renderCalculator({ study: name, notice: results.notice, banners, ...found }, program);
  const workbook = formulaWorkbook(models);
  return [
    { path: 'calculator.html', content: page },
    ...(workbook === undefined ? [] : [{ path: 'formula.xlsx', content: workbook }]),
  ];
}

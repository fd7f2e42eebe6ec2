import { readFile } from 'node:fs/promises';
import type { Progress } from '@sentinode/core';
import { calculatorModels, formulaWorkbook, type RunFile, type StudyOutcome } from '@sentinode/study';
import { rasterise } from './rasteriser/rasterise.ts';
import { withResolution } from './rasteriser/resolution.ts';

/** Units across a drawing, and the width at which it is printed: across both columns of a page, in inches. */
const WIDTH = { units: 720, inches: 180 / 25.4 };
/** Drawings that are turned into pixels at the same time. */
const AT_ONCE = 2;

/** Report, figures (SVG and PNG), tables and the pictures that the network saw of a finished run. */
export async function drawReport(outcome: StudyOutcome, progress: Progress): Promise<RunFile[]> {
  const { pictureFiles, renderAll } = await import('@sentinode/report');
  const files: RunFile[] = await renderAll(outcome.results, outcome.pictures);
  const { dpi } = outcome.results.settings.study.report;
  const scale = (dpi * WIDTH.inches) / WIDTH.units;
  const drawings = files.filter(({ path }) => path.endsWith('.svg'));
  const pictures: RunFile[] = new Array(drawings.length);
  let next = 0;
  let done = 0;
  const drawOneByOne = async (): Promise<void> => {
    while (next < drawings.length) {
      const at = next++;
      const { path, content } = drawings[at]!;
      const png = withResolution(await rasterise(String(content), scale), dpi);
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

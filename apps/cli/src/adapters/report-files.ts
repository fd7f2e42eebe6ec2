import type { Progress } from '@sentinode/core';
import type { RunFile, StudyOutcome } from '@sentinode/study';
import { rasterise } from './rasteriser/rasterise.ts';

/** Pixels per unit of the drawings: 720 units at column width give 1,440 pixels. */
const SCALE = 2;

/** Report, figures (SVG and PNG), tables and the pictures that the network saw of a finished run. */
export async function drawReport(outcome: StudyOutcome, progress: Progress): Promise<RunFile[]> {
  const { pictureFiles, renderAll } = await import('@sentinode/report');
  const files: RunFile[] = renderAll(outcome.results, outcome.pictures);
  const drawings = files.filter(({ path }) => path.startsWith('figures/'));
  const pictures: RunFile[] = [];
  for (const [done, { path, content }] of drawings.entries()) {
    pictures.push({ path: path.replace(/\.svg$/, '.png'), content: await rasterise(String(content), SCALE) });
    progress({ stage: 'report', done: done + 1, total: drawings.length });
  }
  return [...files, ...pictures, ...pictureFiles(outcome.pictures, outcome.results)];
}

import type { Progress } from '@sentinode/core';
import type { RunFile, StudyOutcome } from '@sentinode/study';

/** Draws report, figures (SVG and PNG) and tables of a finished run. */
export async function drawReport(_outcome: StudyOutcome, _progress: Progress): Promise<RunFile[]> {
  return [];
}

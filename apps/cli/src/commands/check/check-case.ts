import { resolve } from 'node:path';
import { type ErrorCode, SentinodeError } from '@sentinode/core';
import { defaultProtocol } from '@sentinode/radiomics';
import { type CaseInspection, inspectCase, NOTICE } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { chosenLabel, labelNames } from '../../adapters/files/label-names.ts';
import type { Session } from '../command.ts';
import { volumeFile } from '../extract/settings.ts';
import type { CheckCommandOptions } from './options.ts';

/** Pixels of a picture's longer side. */
const SIDE = 240;

/** Looks at one image and its masks, and writes the repaired copy of the first where that is asked for and certain. */
export async function checkCase(
  imagePath: string,
  maskPaths: readonly string[],
  options: CheckCommandOptions,
  session: Session,
): Promise<number> {
  refuseOptions(imagePath, maskPaths, options);
  const image = await volumeFile(imagePath, 'image');
  const masks = await Promise.all(maskPaths.map((path) => volumeFile(path, 'mask')));
  const names = await labelNames(maskPaths[0]!, options.labels);
  const label = await chosenLabel({ text: options.label, mask: maskPaths[0], labels: options.labels });
  const found = await inspectCase({
    image,
    masks,
    settings: defaultProtocol(),
    region: { lesions: 'union', label },
    names,
    draw: options.out === undefined ? 'none' : 'all',
    side: SIDE,
    ...(typeof options.repair === 'string' ? { copyAs: options.repair } : {}),
  });
  if (options.out !== undefined) {
    const { renderCaseCheck } = await import('@sentinode/report');
    await atomicWrite(options.out, renderCaseCheck(imagePath, NOTICE, found));
  }
  const repaired = await writeCopy(found, options);
  session.print(
    session.global.json
      ? JSON.stringify(result(found, repaired), null, 2)
      : readable(found, repaired, options.out),
  );
  refuseLeft(found, repaired === undefined ? undefined : maskPaths[0], options);
  return 0;
}

function refuseOptions(
  imagePath: string,
  maskPaths: readonly string[],
  { repair, pictures, jobs }: CheckCommandOptions,
): void {
  const refuse = (message: string, field: string): never => {
    throw new SentinodeError('usage', message, { field });
  };
  if (pictures !== undefined || jobs !== undefined)
    refuse(
      '--pictures and --jobs are for the images of a study.',
      pictures === undefined ? '--jobs' : '--pictures',
    );
  if (repair === undefined) return;
  if (repair === true || maskPaths.length > 1)
    refuse('Repair one mask at a time: check image.nii.gz mask.nii.gz --repair repaired.nii.gz', '--repair');
  if ([imagePath, ...maskPaths].some((path) => resolve(path) === resolve(String(repair))))
    refuse('A repair is never made in place; name another file.', '--repair');
}

interface Repaired {
  readonly file: string;
  readonly cause: string;
  readonly sentence: string;
}

async function writeCopy(
  { problems }: CaseInspection,
  { repair }: CheckCommandOptions,
): Promise<Repaired | undefined> {
  const [problem] = problems;
  if (typeof repair !== 'string' || problem?.mismatch?.repair == null) return undefined;
  await atomicWrite(repair, problem.copy!);
  return { file: repair, cause: problem.mismatch.cause, sentence: problem.mismatch.repair };
}

function refuseLeft(
  { problems }: CaseInspection,
  repaired: string | undefined,
  options: CheckCommandOptions,
): void {
  const left = problems.find(({ file }) => file !== repaired);
  if (left === undefined) return;
  const { code, message, ...place } = left.error;
  const certain = left.mismatch?.repair != null;
  const advice =
    left.mismatch === null
      ? ''
      : certain
        ? ' It can be repaired with certainty: give --repair and a file for the copy.'
        : ` No repair is certain${options.repair === undefined ? '' : ', so none is made'}.`;
  throw new SentinodeError(code as ErrorCode, `${message}${advice}`, place);
}

function result(found: CaseInspection, repaired: Repaired | undefined): unknown {
  return {
    region: found.check,
    problems: found.problems.map(({ error, mismatch }) => ({
      ...error,
      cause: mismatch?.cause ?? null,
      repair: mismatch?.repair ?? null,
    })),
    repaired: repaired ?? null,
    notice: NOTICE,
  };
}

function readable(found: CaseInspection, repaired: Repaired | undefined, out: string | undefined): string {
  const { check } = found;
  const region =
    check === null
      ? []
      : [
          'The mask lies on the grid of its image.',
          `Region: ${check.voxels} voxels, ${Math.round(check.millilitres * 1000) / 1000} ml, on ${check.slices} slices; ${Math.round(100 * check.inBody)} % of it in the body; labels ${check.labels.map(({ label, name, voxels }) => `${label}${name === undefined ? '' : ` ${name}`} (${voxels})`).join(', ')}; ${check.greyLevels} grey levels.`,
          ...check.warnings.map((warning) => `Warning: ${warning}`),
        ];
  return [
    ...region,
    ...(repaired === undefined ? [] : [repaired.sentence, repaired.file]),
    ...(out === undefined ? [] : [`Pictures: ${out}`]),
    NOTICE,
  ].join('\n');
}

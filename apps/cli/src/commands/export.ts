import { SentinodeError } from '@sentinode/core';
import { expandSources, findVolume, readDicom, scanFiles, writeSegmentation } from '@sentinode/dicom';
import { ENGINE_VERSION } from '@sentinode/study';
import { maskFromLabels, readVolume, type Volume } from '@sentinode/volume';
import { atomicWrite } from '../adapters/files/atomic-write.ts';
import { labelNames } from '../adapters/files/label-names.ts';
import { readUserFile } from '../adapters/files/read-file.ts';
import { filesToRead } from '../adapters/files/walk-folder.ts';
import { terminalProgress } from '../terminal/progress.ts';
import type { CommandKind, Session } from './command.ts';

interface Options {
  series: string;
  out: string;
  labels?: string;
}

/** Most labels of one mask; a volume with more is an image. */
const MOST_SEGMENTS = 255;

export const exportCommand: CommandKind = {
  name: 'export',
  declare: (command, start) => {
    command
      .description('a mask as DICOM SEG in the study of its images, for an archive to show')
      .argument('<mask>', 'mask or label volume (.nii, .nii.gz, .nrrd, .mha) on the grid of the series')
      .requiredOption('--series <dicom>', 'folder or archive with the images it was drawn on')
      .requiredOption('--out <file>', 'DICOM file to write, e.g. seg.dcm')
      .option(
        '--labels <file>',
        'label description file of ITK-SNAP, whose names the segments get; default: <mask>.labels.txt',
      )
      .addHelpText('after', '\nExample:\n  sentinode export mask.nii.gz --series dicom/T1 --out seg.dcm')
      .action((mask: string, options: Options) =>
        start(async (session) => {
          const { segments, frames } = await exportMask(mask, options, session);
          const result = { file: options.out, segments, frames };
          session.print(
            session.global.json
              ? JSON.stringify(result, null, 2)
              : `${options.out}: ${segments} segment${segments === 1 ? '' : 's'} in ${frames} frames, in the patient and study of the images. It names the patient, as an archive needs it.`,
          );
          return 0;
        }),
      );
  },
};

async function exportMask(
  path: string,
  { series, out, labels }: Options,
  session: Session,
): Promise<{ segments: number; frames: number }> {
  const volume = await readVolume(await readUserFile(path, 'mask'), { file: path });
  const names = new Map((await labelNames(path, labels)).map(({ label, name }) => [label, name]));
  const display = terminalProgress(session.global.quiet);
  try {
    const { sources } = await expandSources(await filesToRead(series));
    const scan = await scanFiles(sources, { progress: display.progress, signal: session.signal });
    display.end();
    const stack = findVolume(scan, volume.geometry);
    const segments = labelsOf(volume).map((label) => ({
      label: names.get(label) || `Label ${label}`,
      mask: { geometry: stack.geometry, data: maskFromLabels(volume, label).data },
    }));
    const bytes = await writeSegmentation(segments, {
      stack,
      dataSet: async (source) => (await scan.open(source)).dataSet,
      version: ENGINE_VERSION,
    });
    await atomicWrite(out, bytes);
    const frames = Number(readDicom(bytes).dataSet.text(0x00280008));
    return { segments: segments.length, frames };
  } finally {
    display.end();
  }
}

function labelsOf(volume: Volume): number[] {
  // Refuses an empty volume and one that holds no labels.
  maskFromLabels(volume);
  const labels = [...new Set(volume.data)].filter((value) => value !== 0).sort((a, b) => a - b);
  if (labels.length > MOST_SEGMENTS || labels[0] < 0) {
    throw new SentinodeError(
      'mask-label',
      `The volume holds ${labels.length} different values from ${labels[0]} on: it is an image, not a mask.`,
    );
  }
  return labels;
}

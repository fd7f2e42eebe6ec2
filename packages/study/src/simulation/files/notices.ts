import { NOTICE } from '../../version.ts';
import type { SimulationOptions } from '../options.ts';

/** The command that makes the same files again. */
function commandOf(options: SimulationOptions): string {
  const flags = [
    `--patients ${options.patients}`,
    `--seed ${options.seed}`,
    `--effect ${options.effect}`,
    ...(options.features ? ['--features'] : []),
    ...(options.format === 'nifti' ? [] : [`--format ${options.format}`]),
    ...(options.detail === 'small' ? [] : [`--detail ${options.detail}`]),
  ];
  return `sentinode simulate --out FOLDER ${flags.join(' ')}`;
}

const effectSentence = {
  none: 'The outcomes are permuted: images, features and clinical values know nothing of them.',
  paper:
    'Counts by outcome follow the published Table 1; images and features know about as much as the paper says.',
  strong: 'Counts by outcome follow the published Table 1; images and features know much of the outcome.',
} as const;

/** `SIMULATED.txt`: its presence makes every output of a run say that the data are simulated. */
export function simulatedNotice(options: SimulationOptions, screened: number): string {
  return `Simulated data, not patients.

effect: ${options.effect}
seed: ${options.seed}
patients who take part: ${options.patients}
patients screened: ${screened}
made by: ${commandOf(options)}

${effectSentence[options.effect]}
Keep this file in the folder: a run that finds it says "simulated" on every figure and table.
${NOTICE}
`;
}

/** `README.md` of the folder. */
export function folderGuide(options: SimulationOptions, screened: number): string {
  const measured = options.features
    ? `- \`radiomics.csv\` (consensus), \`reader1.csv\`, \`reader2.csv\`: 10,773 columns \`<visit>_<sequence>_<feature>\`, visits pre, post and delta (post minus pre).
- \`deep.csv\`: 6,144 columns (2,048 of each of pre, post, delta).`
    : options.format === 'dicom'
      ? `- \`dicom/<patient>/<date>/<series>/\`: MR images one slice a file, DCE with three time points, DWI with two b-values, T2WI; a SEG file of each of two readers.
- \`visits.csv\`: dates and status of every visit.`
      : `- \`images/<patient>/<visit>_<sequence>.nii.gz\`: visits pre and post, sequences DCE, T2WI and DWI, each on a grid of its own.
- \`masks/<patient>/<visit>_<sequence>_<reader>.nii.gz\` of two readers, and \`masks/<patient>/<visit>_<sequence>.nii.gz\`, their consensus.
- \`visits.csv\`: dates and status of every visit.`;
  return `# A simulated study (not patients)

${options.patients} patients take part, ${screened - options.patients} drop out, each for a stated reason.

${options.format === 'dicom' ? '- `template.yaml`: the study file but for the images, which `arrange` fills in.' : '- `study.yaml`: the study file.'}
- \`clinical.csv\`: clinical table with the exclusion criteria and the outcome \`apcr\`.
${measured}
- \`truth.csv\`: what only the simulation knows (latent response, reasons). No study may read it.
- \`SIMULATED.txt\`: how the folder was made.

${
  options.format === 'dicom'
    ? `From DICOM to the report:

    sentinode import dicom --out imported
    sentinode arrange imported --out study --study template.yaml
    sentinode run study/study.yaml --out results`
    : 'Run it: `sentinode run study.yaml --out results`'
}

Made again, byte for byte, by \`${commandOf(options)}\`.
`;
}

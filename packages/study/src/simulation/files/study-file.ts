import { factorNames, publishedTable } from '../clinical/published-table.ts';
import { criteria, imagingStates } from '../cohort/drop-outs.ts';
import { dateWindows } from '../cohort/visit-table.ts';
import { readers, sequences, visits } from '../images/sequences.ts';

/** Level that the others are compared with: the first of Table 1. */
const referenceOf = (name: (typeof factorNames)[number]): string => publishedTable.factors[name].levels[0];

/** `study.yaml` of a simulated cohort, with a comment on every part. */
export function studyFile(seed: number, from: 'images' | 'features' | 'dicom'): string {
  const list = (items: readonly (string | number)[]): string => `[${items.join(', ')}]`;
  const exclusions = [
    ...criteria.map(({ column, excluding, reason }) => ({ column, cell: excluding, reason })),
    ...(from === 'features'
      ? imagingStates.map(({ state, reason }) => ({ column: 'imaging', cell: state, reason }))
      : []),
  ];
  const images = `images:
  pattern: images/{patient}/{visit}_{sequence}.nii.gz
  masks:
    readers: masks/{patient}/{visit}_{sequence}_{reader}.nii.gz
${
  from === 'dicom'
    ? ''
    : '    consensus: masks/{patient}/{visit}_{sequence}.nii.gz   # the features of the models come from these\n'
}    lesions: union                # several pieces: all of them
  visits: ${list(visits)}
  sequences: ${list(sequences)}
  readers: ${list(readers)}       # their agreement (ICC) decides which features stay
  dates:                          # days from the start (pre) and the end (post) of NAT
    table: visits.csv
    within: {pre: ${list(dateWindows.pre)}, post: ${list(dateWindows.post)}}
  absent:                         # patients without a visible tumour after NAT
    post: {no-visible-tumour: exclude}
`;
  const features = `features:                         # tables in place of images; column <visit>_<sequence>_<feature>
  radiomics: radiomics.csv        # measured on the consensus masks
  readers: [reader1.csv, reader2.csv]
  deep: deep.csv                  # taken as it is: pre, post and delta are in the file
  visits: ${list(visits)}
  sequences: ${list(sequences)}
`;
  return `# ${from === 'dicom' ? 'Template of a study file: arrange --study completes it' : 'Study file of a simulated cohort'}. SIMULATED DATA, NOT PATIENTS.
name: simulated axillary response
profile: published                # the protocol of the paper, its weak points flagged in the report
seed: ${seed}

cohort:
  table: clinical.csv
  id: patient_id
  outcome: {column: apcr, positive: 1}
  exclude:                        # the first rule that applies gives the reason
${exclusions.map(({ column, cell, reason }) => `    - {reason: ${reason}, where: {${column}: "${cell}"}}\n`).join('')}  variables:
    age: continuous
${factorNames
  .map((name) => {
    const { levels } = publishedTable.factors[name];
    return `    ${name}: {levels: ${list(levels.map((level) => `"${level}"`))}, reference: "${referenceOf(name)}"}\n`;
  })
  .join('')}  missing: complete-case
  na: ["", NA]
  split: {kind: random, test: 0.3}

${from === 'features' ? features : images}
radiomics: {icc: {min: 0.8}, delta: difference}
deep:
${from !== 'features' ? '  weights: seeded                 # a network that is not pretrained, and every output says so\n' : ''}  components: 128                 # at most; never more than the training rows allow
models: [clinical, radiomics, deep, dlr]
classifiers: [logistic-regression]
comparison: false                 # true: the report also shows what the profile defensible claims; some minutes more
report: {dpi: 200}               # of figures/*.png; 600, for print, when left out
`;
}

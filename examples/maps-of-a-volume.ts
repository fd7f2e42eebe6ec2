import { featureMaps, parseParameters } from '@sentinode/radiomics';
import { phantom } from './phantom.ts';

const { image, mask } = phantom();
const settings = parseParameters(
  `
featureClass:
  firstorder: [Mean]
  glcm: [JointEntropy]
setting: {binWidth: 10}
voxelSetting: {kernelRadius: 1, initValue: .nan}
`,
  'parameters.yaml',
);

// the work is done step by step as it is asked for, so it can be stopped and its progress shown
for (const step of featureMaps(image, mask, settings)) {
  if (step.kind === 'progress') continue;
  const inside = [...step.map.data].filter((value) => !Number.isNaN(value));
  const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
  process.stdout.write(
    `${step.name} ${step.map.geometry.size.join('x')} ${inside.length} voxels, mean ${mean.toFixed(4)}\n`,
  );
}

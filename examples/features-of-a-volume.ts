import { extract, parseParameters } from '@sentinode/radiomics';
import { phantom } from './phantom.ts';

const { image, mask } = phantom();

// a parameter file of PyRadiomics as text, wherever it comes from; `defaultProtocol()` gives 1,197 features instead
const settings = parseParameters(
  `
imageType:
  Original: {}
  Wavelet: {}
featureClass:
  shape: [MeshVolume, Sphericity]
  firstorder: [Mean, Entropy]
  glcm: [Contrast, JointEntropy]
setting:
  binWidth: 10
`,
  'parameters.yaml',
);

const vector = extract(image, mask, settings);
vector.names.forEach((name, index) => {
  const value = vector.values[index]!;
  process.stdout.write(`${name} ${Number.isNaN(value) ? vector.undefinedReasons[name] : value}\n`);
});
for (const { code, message } of vector.warnings) process.stderr.write(`${code}: ${message}\n`);

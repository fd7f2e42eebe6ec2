import { readFileSync } from 'node:fs';
import { featureMaps, parseParameters } from '@sentinode/radiomics';
import { maskFromLabels, readVolume } from '@sentinode/volume';

/**
 * Time of all feature maps of a region of 2,216 voxels, original image and LoG, three times; the argument is binWidth.
 * Started at the root of the checkout.
 */
const read = (name: string) => {
  const file = `reference/pyradiomics-settings/phantoms/${name}`;
  return readVolume(new Uint8Array(readFileSync(file)), { file });
};
const image = await read('iso_image.nrrd');
const mask = maskFromLabels(await read('iso_mask.nrrd'), 1);
const settings = parseParameters(
  `
imageType: {Original: {}, LoG: {sigma: [2.0]}}
featureClass: {firstorder: [], glcm: [], glrlm: [], glszm: [], gldm: [], ngtdm: []}
setting: {binWidth: ${process.argv[2] ?? 25}}
`,
  'bench.yaml',
);
for (let round = 0; round < 3; round++) {
  const start = performance.now();
  let maps = 0;
  for (const step of featureMaps(image, mask, settings)) if (step.kind === 'map') maps++;
  process.stdout.write(`${maps} maps in ${Math.round(performance.now() - start)} ms\n`);
}

import { readFileSync } from 'node:fs';
import { extract, parseParameters } from '@sentinode/radiomics';
import { maskFromLabels, readVolume } from '@sentinode/volume';

/** One case in a process of its own: `once.js IMAGE MASK PARAMETERS` prints its highest resident memory, kB. */
const [image, mask, parameters] = process.argv.slice(2) as [string, string, string];
const read = (file: string) => readVolume(new Uint8Array(readFileSync(file)), { file });
extract(
  await read(image),
  maskFromLabels(await read(mask), 1),
  parseParameters(readFileSync(parameters, 'utf8'), parameters),
);
process.stdout.write(`${process.resourceUsage().maxRSS}\n`);

/**
 * The mutation run, one file at a time, so that what is finished is kept: answers go to coverage/mutation/, and files with an
 * answer are left out when it is started again.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = 'packages/radiomics/src/';
/** Formulas of features, the matrices that they are made of, and grey levels. */
const files = [
  'features/ngtdm/index.ts',
  'features/glcm/formulas.ts',
  'features/firstorder/index.ts',
  'features/glcm/matrix.ts',
  'features/gldm/matrix.ts',
  'features/glrlm/matrix.ts',
  'features/glszm/matrix.ts',
  'features/ngtdm/matrix.ts',
  'features/size-matrix.ts',
  'discretise/discretise.ts',
];
const stryker = fileURLToPath(new URL('../node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));

mkdirSync('coverage/mutation', { recursive: true });
for (const file of files) {
  const answer = `coverage/mutation/${file.replaceAll('/', '_')}.json`;
  if (existsSync(answer)) continue;
  const { status } = spawnSync(process.execPath, [stryker, 'run', '--mutate', root + file], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  copyFileSync('coverage/mutation.json', answer);
}

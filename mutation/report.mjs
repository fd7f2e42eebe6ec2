/**
 * Prints the mutation score of every file as docs/reference/mutation.md, from the answers that `npm run mutation` left in
 * coverage/mutation/.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const answers = readdirSync('coverage/mutation').map((name) =>
  JSON.parse(readFileSync(`coverage/mutation/${name}`, 'utf8')),
);
const files = Object.assign({}, ...answers.map((answer) => answer.files));
const { version } = JSON.parse(readFileSync('node_modules/@stryker-mutator/core/package.json', 'utf8'));

const rows = Object.entries(files)
  .map(([file, { mutants }]) => {
    const count = (...states) => mutants.filter(({ status }) => states.includes(status)).length;
    return {
      file: file.replace('packages/radiomics/src/', ''),
      killed: count('Killed'),
      timeout: count('Timeout'),
      survived: count('Survived'),
      unseen: count('NoCoverage'),
    };
  })
  .filter(({ killed, timeout, survived, unseen }) => killed + timeout + survived + unseen > 0)
  .sort((a, b) => (a.file < b.file ? -1 : 1));

const total = { file: '**all**', killed: 0, timeout: 0, survived: 0, unseen: 0 };
for (const row of rows)
  for (const key of ['killed', 'timeout', 'survived', 'unseen']) total[key] += row[key];

const line = ({ file, killed, timeout, survived, unseen }) => {
  const found = killed + timeout;
  const all = found + survived + unseen;
  return `| ${file} | ${all} | ${killed} | ${timeout} | ${survived} | ${unseen} | ${((100 * found) / all).toFixed(1)} % |`;
};

writeFileSync(
  'docs/reference/mutation.md',
  `# Mutation score of formulas and matrices

Stryker ${version} changes one operator, condition, number or statement of the file at a time and runs the tests that reach it: the
documented matrices, the contract of feature classes, discretisation and kernels, and single files of PyRadiomics' values
(\`vitest.mutation.config.ts\`), over the plain TypeScript. A change that no test notices has survived. \`npm run mutation\` makes this page;
texts are not changed. Files without a row have not been run to their end. Score: killed and timed out (the change made a loop endless) over all.

| file (packages/radiomics/src) | mutants | killed | timed out | survived | not reached | score |
| --- | --- | --- | --- | --- | --- | --- |
${[...rows, total].map(line).join('\n')}

## What survives

Whole studies, all 155 settings files and the comparison with the compiled kernels are left out of this run, which they would make last
for hours; some of what survives here fails there. Of the changes that were looked at one by one, most change no value: loops that read
one undefined entry more, the shortcut for an empty entry (0 log 0), the sign of the smallest double inside a logarithm, a run
of all neighbours both ways, and a sum of squares that is the same variance in another form. \`coverage/mutation/\` has every change and
its place.
`,
);

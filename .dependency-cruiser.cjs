/** The fence of ARCHITECTURE.md: who may import whom, packages only through their entry, no cycles. */
const allowed = {
  core: [],
  volume: ['core'],
  dicom: ['core', 'volume'],
  statistics: ['core'],
  radiomics: ['core', 'volume'],
  deep: ['core', 'volume'],
  learning: ['core', 'statistics'],
  study: ['core', 'volume', 'dicom', 'radiomics', 'deep', 'statistics', 'learning'],
  report: ['core', 'statistics', 'study'],
};
const packages = Object.keys(allowed);
const downwards = packages.map((name) => ({
  name: `${name}-imports-downwards`,
  comment: `packages/${name} may import ${allowed[name].join(', ') || 'none of our packages'}`,
  severity: 'error',
  from: { path: `^packages/${name}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: `^(packages/(${packages.filter((other) => other !== name && !allowed[name].includes(other)).join('|') || 'none'})|apps)/`,
  },
}));

module.exports = {
  forbidden: [
    ...downwards,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-through-the-entry',
      comment: 'import another package by its name, never by a path inside it',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/([^/]+)/src/(?!index\\.ts$)', pathNot: '^$1/$2/' },
    },
    {
      name: 'tests-through-the-entry',
      comment: 'tests may also use the test support of another package',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/.*\\.test\\.ts$' },
      to: { path: '^packages/([^/]+)/src/(?!index\\.ts$|testing/)', pathNot: '^$1/$2/' },
    },
    {
      name: 'no-node-in-packages',
      comment: 'packages run in the browser too; files, threads and sockets are passed in by the apps',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: '(\\.test\\.ts$|/testing/)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'report-draws-never-computes',
      comment: 'report takes only the result types of study',
      severity: 'error',
      from: { path: '^packages/report/', pathNot: '(\\.test\\.ts$|/testing/)' },
      to: { path: '^packages/study/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|dist-types/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};

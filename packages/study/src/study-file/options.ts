import {
  augmentationSchema,
  backboneNames,
  declaredNetworkSchema,
  pictureSchema,
  publishedPicture,
} from '@sentinode/deep';
import { z } from 'zod';
import { derivationSchema } from '../derivation/rules/index.ts';

/** A cell value as a study file writes it. */
const cell = z.union([z.string(), z.number(), z.boolean()]);
const name = z.string().min(1);

/** A table: its path, or the path with what the file does not say about itself. */
const table = z.union([
  name,
  z.strictObject({
    file: name,
    decimal: z.enum(['.', ',']).optional().describe('decimal mark of the numbers, default "."'),
    delimiter: z
      .string()
      .length(1)
      .optional()
      .describe('separator of a text table, found by itself when left out'),
    encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1']).optional(),
    sheet: name.optional().describe('sheet of a workbook, the first when left out'),
    headerRow: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe('line that holds the column names, counted from 1'),
  }),
]);

const factor = z.strictObject({
  levels: z.array(cell).min(2).describe('all levels, in the order in which tables print them'),
  reference: cell.describe('the level that the others are compared with'),
});

const dayWindow = z
  .tuple([z.number(), z.number()])
  .refine(([from, to]) => from <= to, 'the window runs backwards: write [earliest, latest]');

/** Multiple imputation by chained equations; `impute` alone takes the defaults. */
export const imputeSchema = z.strictObject({
  imputations: z.number().int().min(2).max(200).default(10).describe('completed data sets'),
  iterations: z.number().int().min(1).max(100).default(5).describe('rounds through the incomplete variables'),
  donors: z
    .number()
    .int()
    .min(1)
    .default(5)
    .describe('like patients of whom one gives its value (predictive mean matching)'),
  continuous: z
    .enum(['pmm', 'linear'])
    .default('pmm')
    .describe(
      'predictive mean matching, or a linear regression with normal noise; factors: logistic regression',
    ),
});

const cohort = z.strictObject({
  table,
  id: name.describe('column with one id per row'),
  group: name.optional().describe('column of the person, where several rows belong together'),
  centre: name.optional().describe('column of the hospital'),
  subgroups: z
    .array(name)
    .default([])
    .describe('further columns by which results are divided, beside all variables, e.g. [scanner]'),
  outcome: z.strictObject({ column: name, positive: cell }),
  exclude: z
    .array(z.strictObject({ reason: name, where: z.record(z.string(), z.union([cell, z.array(cell)])) }))
    .default([]),
  derive: z
    .record(z.string(), derivationSchema)
    .default({})
    .describe('columns computed from others, by rule; used like any column of the table'),
  variables: z.record(z.string(), z.union([z.literal('continuous'), factor])).default({}),
  units: z
    .record(z.string(), name)
    .default({})
    .describe('unit of continuous variables as predictions print it, e.g. {age: years}'),
  missing: z
    .union([z.enum(['complete-case', 'impute']), z.strictObject({ impute: imputeSchema })])
    .default('complete-case')
    .describe(
      'patients who lack a clinical variable: left out, or completed by multiple imputation inside every resampling',
    ),
  na: z.array(cell).default(['', 'NA']).describe('cells that mean "missing"'),
  split: z
    .union([
      z.strictObject({
        kind: z.literal('random'),
        test: z.number().gt(0).lt(1).default(0.3).describe('share of patients in the validation cohort'),
        stratify: z
          .enum(['outcome', 'none'])
          .optional()
          .describe('whether both cohorts get the same share of events; default: the profile decides'),
      }),
      z.strictObject({
        column: name,
        training: cell.default('training'),
        validation: cell.default('validation'),
      }),
    ])
    .default({ kind: 'random', test: 0.3 }),
});

const delta = z
  .array(z.tuple([name, name]))
  .optional()
  .describe('pairs of visits, later minus earlier; default the last minus the first');

/** N4 with SimpleITK's settings; the word n4 alone takes the defaults. */
const biasField = z
  .union([
    z.literal('n4').transform(() => ({})),
    z.strictObject({
      shrink: z.number().int().min(1).optional().describe('every so many voxels are looked at'),
      iterations: z.array(z.number().int().min(1)).min(1).optional().describe('at most, on each level'),
      convergence: z.number().gt(0).optional().describe('change below which a level ends'),
      controlPoints: z.number().int().min(4).optional().describe('along each axis on the first level'),
      fullWidth: z.number().gt(0).optional().describe('width of the blur of the histogram'),
      wienerNoise: z.number().gt(0).optional(),
      bins: z.number().int().min(10).optional().describe('of the histogram'),
    }),
  ])
  .optional()
  .describe(
    'n4 divides the bias field out of every image before anything is measured; not done when left out',
  );

const images = z.strictObject({
  pattern: name.describe('path with {patient}, {visit}, {sequence}'),
  masks: z.strictObject({
    readers: name.optional().describe('path with {patient}, {visit}, {sequence}, {reader}'),
    consensus: name.optional(),
    lesions: z
      .enum(['union', 'largest'])
      .default('union')
      .describe('what to do with several labels or pieces'),
    label: z
      .union([z.number().int().positive(), name])
      .optional()
      .describe('use this label only: its number, or its name in the file of labels'),
    labels: name.optional().describe('label description file of ITK-SNAP, which holds for all masks'),
    repaired: name
      .optional()
      .describe(
        'folder that `check --repair` filled: its copies are read in place of the masks they were made of',
      ),
  }),
  visits: z.array(name).min(1).default(['pre', 'post']),
  delta,
  dates: z.strictObject({ table, within: z.record(z.string(), dayWindow) }).optional(),
  scans: table
    .optional()
    .describe(
      'scanner and sequence of each image, for the acquisition table and results by scanner: the index.json of import, or a table of patient, visit, sequence and one column a parameter (arrange writes scans.csv)',
    ),
  absent: z
    .record(z.string(), z.strictObject({ 'no-visible-tumour': z.enum(['exclude', 'tumour-bed']) }))
    .default({}),
  sequences: z.array(name).min(1).default(['DCE', 'T2WI', 'DWI']),
  readers: z.array(name).default([]),
  biasField,
});

const features = z.strictObject({
  radiomics: table.optional(),
  readers: z.tuple([table, table]).optional(),
  deep: table.optional(),
  adjacent: table
    .optional()
    .describe('the columns of deep, measured on adjacent slices: for the sensitivity analysis'),
  visits: z.array(name).min(1).default(['pre', 'post']),
  delta,
  sequences: z.array(name).default(['DCE', 'T2WI', 'DWI']),
});

const statistics = z.strictObject({
  resamples: z
    .number()
    .int()
    .min(100)
    .default(2000)
    .describe('resamples behind the bands of curves and the bootstrap tests of AUC differences'),
  prevalences: z
    .array(z.number().gt(0).lt(1))
    .default([])
    .describe('shares of events for which PPV, NPV and net benefit are given as well, e.g. [0.3, 0.5]'),
  categories: z
    .array(z.number().gt(0).lt(1))
    .default([])
    .refine((cuts) => cuts.every((cut, k) => k === 0 || cut > cuts[k - 1]!), 'limits ascend')
    .describe('limits of risk categories for a categorical NRI beside the continuous one'),
  firth: z
    .enum(['separation', 'always'])
    .default('separation')
    .describe("when the clinical regressions are given with Firth's penalty too"),
  nagelkerke: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.15)
    .describe(
      "Nagelkerke R2 that the sample size anticipates; 0.15 is Riley's choice where nothing is known",
    ),
});

const step = z.union([name, z.record(z.string(), z.record(z.string(), z.unknown()))]);

const offsets = z
  .array(z.number().int())
  .min(1)
  .refine((given) => new Set(given).size === given.length, 'each slice once');

/** The whole study file; `docs/reference/study-file.md` is printed from this schema. */
export const studySchema = z
  .strictObject({
    name,
    profile: z.enum(['published', 'defensible']).default('defensible'),
    seed: z.number().int().nonnegative().default(18),
    cohort,
    images: images.optional(),
    features: features.optional(),
    radiomics: z
      .strictObject({
        params: name.optional().describe('PyRadiomics parameter file; the default protocol when left out'),
        icc: z.strictObject({ min: z.number().min(0).max(1).default(0.8) }).default({ min: 0.8 }),
        delta: z.literal('difference').default('difference'),
      })
      .default({ icc: { min: 0.8 }, delta: 'difference' }),
    deep: z
      .strictObject({
        backbone: z
          .enum(backboneNames)
          .default('resnet50')
          .describe('onnx: a network of your own, described under network'),
        weights: name
          .optional()
          .describe(
            '.pth, .safetensors or .onnx file, or the word seeded for a network that is not pretrained',
          ),
        network: declaredNetworkSchema.optional(),
        picture: pictureSchema.default(publishedPicture),
        components: z.number().int().positive().default(128),
        slices: offsets
          .default([0])
          .describe(
            'offsets from the slice with the largest tumour area, towards the head; features are averaged',
          ),
        adjacent: offsets
          .optional()
          .describe(
            'slices of the sensitivity analysis, e.g. [-1, 0, 1]: the deep models once more with features averaged over these; not made when left out',
          ),
        augmentation: augmentationSchema
          .optional()
          .describe('changed copies of the training pictures; none when left out'),
      })
      .refine(({ backbone, network }) => (backbone === 'onnx') === (network !== undefined), {
        message: 'describe the network (at least its features) with backbone: onnx, and only then',
        path: ['network'],
      })
      .default({ backbone: 'resnet50', picture: publishedPicture, components: 128, slices: [0] }),
    selection: z.array(step).optional(),
    models: z.array(name).min(1).optional(),
    classifiers: z.array(step).min(1).default(['logistic-regression']),
    choice: z
      .enum(['per-model', 'common'])
      .default('per-model')
      .describe('a classifier for each model, or one for all models'),
    resampling: z
      .strictObject({
        inner: z
          .number()
          .int()
          .min(2)
          .default(5)
          .describe('folds in which settings and classifiers are compared'),
        outer: z
          .union([z.number().int().min(2), z.literal('centre')])
          .default(5)
          .describe('folds of nested cross-validation; centre leaves out one hospital at a time'),
        repeats: z.number().int().min(1).default(1).describe('how often the outer folds are drawn'),
        bootstraps: z
          .number()
          .int()
          .nonnegative()
          .optional()
          .describe('bootstraps of the final models, predictors fixed; 0 for none; 1,000 when left out'),
        pipeline: z
          .number()
          .int()
          .nonnegative()
          .optional()
          .describe(
            'bootstraps of the whole pipeline where the profile resamples it; when left out as many as bootstraps says, or 100',
          ),
        intervals: z
          .union([
            z.literal(0),
            z.number().int().min(200),
            z.strictObject({
              bootstraps: z.number().int().min(200).default(200),
              filters: z
                .enum(['fixed', 'repeated'])
                .default('fixed')
                .describe('whether filters that do not look at outcomes are made anew on each resample'),
            }),
          ])
          .optional()
          .describe(
            'bootstraps of selection and classifier that are stored with each model for the interval of a prediction; 0 for none; 200 when left out, unless bootstraps or pipeline ask for fewer than 100',
          ),
      })
      .default({ inner: 5, outer: 5, repeats: 1 }),
    statistics: statistics.default(statistics.parse({})),
    ablations: z
      .boolean()
      .default(true)
      .describe(
        'where the profile resamples: the models from single visits, sequences and sums of blocks, on the same folds',
      ),
    comparison: z
      .boolean()
      .default(true)
      .describe('whether the report shows what the other profile claims for the same patients'),
    report: z
      .strictObject({
        smallCells: z
          .number()
          .int()
          .min(2)
          .optional()
          .describe(
            'counts of fewer patients are not printed in tables of patients, for a report that is shared, e.g. 5; all are printed when left out',
          ),
        dpi: z
          .number()
          .int()
          .min(72)
          .max(1200)
          .default(600)
          .describe('pixels per inch of figures/*.png at the width of a printed page (180 mm)'),
      })
      .default({ dpi: 600 }),
  })
  .refine((study) => study.images === undefined || study.features === undefined, {
    message: 'give either images or features, not both',
    path: ['features'],
  })
  .refine((study) => study.images !== undefined || study.deep.augmentation === undefined, {
    message: 'augmentation changes pictures, and this study has no images',
    path: ['deep', 'augmentation'],
  })
  .refine((study) => study.images !== undefined || study.deep.adjacent === undefined, {
    message: 'slices are of images; a table of adjacent slices is named under features: {adjacent: ...}',
    path: ['deep', 'adjacent'],
  })
  .refine(({ features: given }) => given?.adjacent === undefined || given.deep !== undefined, {
    message: 'is compared with the table features.deep; name that too',
    path: ['features', 'adjacent'],
  });

/** A study as the engine works with it: defaults filled in, every key known. */
export type Study = z.output<typeof studySchema>;
export type TableSource = z.output<typeof table>;
export type CellValue = z.output<typeof cell>;

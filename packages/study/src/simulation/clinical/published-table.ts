/** Level counts of one variable: `counts[outcome][level]`, outcome 0 = no apCR, 1 = apCR. */
export interface PublishedFactor {
  readonly levels: readonly string[];
  readonly counts: readonly [readonly number[], readonly number[]];
}

/**
 * Table 1 of the published study (254 patients): Li S, Li R, et al., "Deep Learning Radiomics of Multiparametric MRI
 * for Individualized Prediction of Axillary Lymph Node Response After Neoadjuvant Chemotherapy in Breast Cancer".
 * Printed figures only; a test compares them with `reference/paper/table1.csv`.
 */
export const publishedTable = {
  patients: [110, 144],
  age: { mean: [47.08, 47.2], sd: [9.93, 9.94] },
  factors: {
    menopause: {
      levels: ['non-menopausal', 'post-menopausal'],
      counts: [
        [55, 55],
        [77, 67],
      ],
    },
    er: {
      levels: ['negative', 'positive'],
      counts: [
        [23, 87],
        [64, 80],
      ],
    },
    pr: {
      levels: ['negative', 'positive'],
      counts: [
        [43, 67],
        [88, 56],
      ],
    },
    her2: {
      levels: ['negative', 'positive'],
      counts: [
        [88, 22],
        [64, 80],
      ],
    },
    ki67: {
      levels: ['negative', 'positive'],
      counts: [
        [22, 88],
        [22, 122],
      ],
    },
    subtype: {
      levels: ['HR+/HER2-', 'HER2+', 'TNBC'],
      counts: [
        [71, 22, 17],
        [42, 80, 22],
      ],
    },
    ct: {
      levels: ['T1', 'T2', 'T3', 'T4'],
      counts: [
        [12, 68, 8, 22],
        [42, 79, 7, 16],
      ],
    },
  },
} as const satisfies {
  patients: readonly [number, number];
  age: { mean: readonly [number, number]; sd: readonly [number, number] };
  factors: Record<string, PublishedFactor>;
};

/** Name of a categorical variable of Table 1, which is also its column in the clinical table. */
export type FactorName = keyof typeof publishedTable.factors;

/** Categorical variables in the order of Table 1. */
export const factorNames = Object.keys(publishedTable.factors) as readonly FactorName[];

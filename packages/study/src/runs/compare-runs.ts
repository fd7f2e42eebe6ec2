import type { StudyResults } from '../results/study-results.ts';
import type { RunSnapshot } from './run-snapshot.ts';

/** One thing of two runs, side by side; null where a run does not have it. */
export interface SideBySide {
  readonly what: string;
  readonly a: string | number | null;
  readonly b: string | number | null;
}

/** Two runs side by side: only what differs of settings, inputs and versions; all of the results. */
export interface RunComparison {
  readonly settings: readonly SideBySide[];
  readonly studyFileSame: boolean;
  /** SHA-256 of inputs. */
  readonly inputs: readonly SideBySide[];
  readonly versions: readonly SideBySide[];
  readonly files: {
    readonly same: number;
    readonly different: readonly string[];
    readonly onlyA: readonly string[];
    readonly onlyB: readonly string[];
  };
  readonly results: readonly SideBySide[];
  /** The number of `metrics.json` that differs most, relative to its size; null where all are equal. */
  readonly largest: {
    readonly where: string;
    readonly a: number;
    readonly b: number;
    readonly relative: number;
  } | null;
}

/** Compares two finished runs. */
export function compareRuns(a: RunSnapshot, b: RunSnapshot): RunComparison {
  const names = [...new Set([...a.files.keys(), ...b.files.keys()])].sort();
  const isIn = ({ files }: RunSnapshot, name: string): boolean => files.has(name);
  const both = names.filter((name) => isIn(a, name) && isIn(b, name));
  const different = both.filter((name) => a.files.get(name) !== b.files.get(name));
  return {
    settings: differing(flatten(a.provenance.studyFile.settings), flatten(b.provenance.studyFile.settings)),
    studyFileSame: a.provenance.studyFile.sha256 === b.provenance.studyFile.sha256,
    inputs: differing(
      new Map(Object.entries(a.provenance.inputs)),
      new Map(Object.entries(b.provenance.inputs)),
    ),
    versions: differing(
      new Map(Object.entries(a.provenance.versions)),
      new Map(Object.entries(b.provenance.versions)),
    ),
    files: {
      same: both.length - different.length,
      different,
      onlyA: names.filter((name) => !isIn(b, name)),
      onlyB: names.filter((name) => !isIn(a, name)),
    },
    results: sideBySide(resultsOf(a.results), resultsOf(b.results)),
    largest: largestDifference(flatten(a.results), flatten(b.results)),
  };
}

type Leaf = string | number | null;

/** Leaves of a JSON value by their path. */
function flatten(value: unknown, path = '', into = new Map<string, Leaf>()): Map<string, Leaf> {
  if (value !== null && typeof value === 'object')
    for (const [key, item] of Object.entries(value))
      flatten(item, path === '' ? key : `${path}.${key}`, into);
  else into.set(path, typeof value === 'number' || value === null ? value : String(value));
  return into;
}

function sideBySide(a: ReadonlyMap<string, Leaf>, b: ReadonlyMap<string, Leaf>): SideBySide[] {
  return [...new Set([...a.keys(), ...b.keys()])].map((what) => ({
    what,
    a: a.get(what) ?? null,
    b: b.get(what) ?? null,
  }));
}

const differing = (a: ReadonlyMap<string, Leaf>, b: ReadonlyMap<string, Leaf>): SideBySide[] =>
  sideBySide(a, b).filter((one) => one.a !== one.b);

/** What a person compares first. */
function resultsOf({ cohorts, models, optimism }: StudyResults): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  for (const cohort of ['training', 'validation'] as const) {
    found.set(`${cohort} patients`, cohorts[cohort].n);
    found.set(`${cohort} events`, cohorts[cohort].events);
  }
  for (const model of models) {
    const put = (what: string, value: Leaf): Map<string, Leaf> => found.set(`${model.name}: ${what}`, value);
    put('classifier', model.classifier);
    put('predictors', model.predictors.length);
    put('cut-off', model.threshold);
    for (const cohort of ['training', 'validation'] as const) {
      const { auc, confusion, calibration } = model[cohort];
      put(`AUC, ${cohort}`, auc.auc);
      put(`sensitivity, ${cohort}`, confusion.sensitivity.value);
      put(`specificity, ${cohort}`, confusion.specificity.value);
      put(`calibration slope, ${cohort}`, calibration?.slope.value ?? null);
    }
    const own = optimism.find((one) => one.model === model.name);
    if (own !== undefined) put('optimism-corrected AUC', own.auc.corrected);
  }
  return found;
}

function largestDifference(
  a: ReadonlyMap<string, Leaf>,
  b: ReadonlyMap<string, Leaf>,
): RunComparison['largest'] {
  let found: RunComparison['largest'] = null;
  for (const [where, value] of a) {
    const other = b.get(where);
    if (typeof value !== 'number' || typeof other !== 'number' || value === other) continue;
    const relative = Math.abs(value - other) / Math.max(Math.abs(value), Math.abs(other));
    if (found === null || relative > found.relative) found = { where, a: value, b: other, relative };
  }
  return found;
}

/** Why a repetition came out otherwise, as far as the two runs say; empty where they say nothing. */
export function reasonsOf({ inputs, studyFileSame, versions }: RunComparison): string[] {
  return [
    ...(studyFileSame ? [] : ['the study file was changed']),
    ...inputs.map(({ what, a, b }) =>
      b === null
        ? `the input ${what} was not read this time`
        : a === null
          ? `the input ${what} was not read the first time`
          : `the input ${what} has other content`,
    ),
    ...versions.map(
      ({ what, a, b }) =>
        `${what} was ${a ?? 'not recorded'} and is ${b ?? 'not recorded'}${what === 'processor' || what === 'onnxruntime' ? ', which deep features depend on' : ''}`,
    ),
  ];
}

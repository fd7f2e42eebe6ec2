import type { IndexEntry } from '../import/index-entry.ts';
import { type Candidate, candidatesFor } from './choose-volume.ts';
import { type ChosenImage, type Finding, findingsOf, outsideWindow } from './findings.ts';
import type { Making } from './make-image.ts';
import type { ArrangeRules, VisitRule } from './rules.ts';

/** An image of the study, and the imported files that it is made of. */
export interface ArrangedImage {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly files: readonly string[];
  readonly making: Making;
  /** Masks on the grid of the image, in the order of the index. */
  readonly masks: readonly string[];
}

/** An image that the rules alone do not decide. */
export interface OpenChoice {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly reason: string;
  readonly candidates: readonly string[];
}

export interface Arrangement {
  readonly images: readonly ArrangedImage[];
  readonly open: readonly OpenChoice[];
  readonly findings: readonly Finding[];
}

/** A person's choice: one imported file, or none for an image that does not exist. */
export type Choices = ReadonlyMap<string, string>;

/** Key of a choice. */
export const choiceKey = (patient: string, visit: string, sequence: string): string =>
  `${patient}|${visit}|${sequence}`;

/**
 * Decides which imported volume is which image of a study: by a person's choice where there is one, else by the
 * rules where exactly one volume fits.
 */
export function arrangeStudy(
  entries: readonly IndexEntry[],
  rules: ArrangeRules,
  choices: Choices,
): Arrangement {
  const images: ArrangedImage[] = [];
  const open: OpenChoice[] = [];
  const chosen: ChosenImage[] = [];
  const outside: Finding[] = [];
  const patients = [...new Set(entries.map(({ patient }) => patient))].sort();
  for (const patient of patients) {
    const own = entries.filter((entry) => entry.patient === patient);
    const used = new Map<string, string>();
    for (const [visit, visitRule] of Object.entries(rules.visits)) {
      // One study is one visit: the last study of a patient who has no other is not also the later visit.
      const studies = studiesOf(own, visitRule).filter((study) => !used.has(study));
      for (const study of studies) used.set(study, visit);
      if (typeof visitRule === 'object' && studiesOf(own, visitRule).length === 0)
        outside.push(outsideWindow(patient, visit, visitRule.days, daysOf(own)));
      const inVisit = own.filter(({ study }) => studies.includes(study));
      for (const [sequence, rule] of Object.entries(rules.sequences)) {
        const decided = choices.get(choiceKey(patient, visit, sequence));
        const { found, reason } = candidatesFor(inVisit, rule);
        const taken =
          decided === undefined ? (found.length === 1 ? found[0] : undefined) : madeOf(decided, found);
        const entry = taken && own.find(({ file }) => file === taken.files[0]);
        if (taken === undefined || entry === undefined) {
          open.push({
            patient,
            visit,
            sequence,
            reason:
              decided !== undefined
                ? `the file chosen is not in the index`
                : studies.length === 0
                  ? whyNoStudy(own, visitRule, used)
                  : reason,
            candidates: found.map(({ files }) => files.at(-1)!),
          });
          continue;
        }
        chosen.push({ patient, visit, sequence, entry });
        const masks = masksOn(own, taken.files);
        images.push({ patient, visit, sequence, ...taken, masks });
      }
    }
  }
  return { images, open, findings: [...outside, ...findingsOf(chosen, Object.keys(rules.visits))] };
}

function whyNoStudy(own: readonly IndexEntry[], rule: VisitRule, used: ReadonlyMap<string, string>): string {
  const [study] = studiesOf(own, rule);
  return study === undefined
    ? 'no study for this visit'
    : `${study} is the visit ${used.get(study)} already, and the patient has no other study for this one`;
}

const daysOf = (own: readonly IndexEntry[]): number[] =>
  [...new Set(own.flatMap(({ day }) => (day === null ? [] : [day])))].sort((a, b) => a - b);

function studiesOf(own: readonly IndexEntry[], rule: VisitRule): string[] {
  const studies = [...new Set(own.map(({ study }) => study))].sort(
    (a, b) => Number(a.slice(1)) - Number(b.slice(1)),
  );
  if (rule === 'first') return studies.slice(0, 1);
  if (rule === 'last') return studies.slice(-1);
  if (typeof rule === 'string') return studies.filter((study) => study === rule);
  const [from, to] = rule.days;
  return studies.filter((study) =>
    own.some((one) => one.study === study && one.day !== null && one.day >= from && one.day <= to),
  );
}

/** What a person chose: the candidate that the file stands for, else the file as it is. */
function madeOf(file: string, found: readonly Candidate[]): Candidate {
  return found.find(({ files }) => files.at(-1) === file) ?? { files: [file], making: { by: 'copy' } };
}

/** Masks that lie on the grid of an image, or of another volume of the series that it is made of. */
function masksOn(own: readonly IndexEntry[], files: readonly string[]): string[] {
  const made = own.filter(({ file }) => file !== null && files.includes(file));
  const series = own.filter((one) =>
    made.some(({ study, series: number }) => one.study === study && one.series === number),
  );
  const grids = new Set(series.map(({ file }) => file));
  return own.flatMap(({ kind, file, image: on }) =>
    kind === 'mask' && file !== null && on !== null && grids.has(on) ? [file] : [],
  );
}

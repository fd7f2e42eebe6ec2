import type { IndexEntry } from '../import/index-entry.ts';
import { candidatesFor } from './choose-volume.ts';
import { type ChosenImage, type Finding, findingsOf, outsideWindow } from './findings.ts';
import type { ArrangeRules, VisitRule } from './rules.ts';

/** An image of the study and the imported files it is made of; several are directions whose geometric mean it is. */
export interface ArrangedImage {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly files: readonly string[];
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
    const taken = new Set<string>();
    for (const [visit, visitRule] of Object.entries(rules.visits)) {
      // One study is one visit: the last study of a patient who has no other is not also the later visit.
      const studies = studiesOf(own, visitRule).filter((study) => !taken.has(study));
      for (const study of studies) taken.add(study);
      if (typeof visitRule === 'object' && studiesOf(own, visitRule).length === 0)
        outside.push(outsideWindow(patient, visit, visitRule.days, daysOf(own)));
      const inVisit = own.filter(({ study }) => studies.includes(study));
      for (const [sequence, rule] of Object.entries(rules.sequences)) {
        const decided = choices.get(choiceKey(patient, visit, sequence));
        const { files, reason } = candidatesFor(inVisit, rule);
        const chosenFiles = decided === undefined ? (files.length === 1 ? files[0] : undefined) : [decided];
        const entry = chosenFiles && own.find(({ file }) => file === chosenFiles[0]);
        if (chosenFiles === undefined || entry === undefined) {
          open.push({
            patient,
            visit,
            sequence,
            reason:
              decided !== undefined
                ? `the file chosen is not in the index`
                : studies.length === 0
                  ? 'no study for this visit, or none that is not another visit already'
                  : reason,
            candidates: files.map((one) => one[0]),
          });
          continue;
        }
        chosen.push({ patient, visit, sequence, entry });
        images.push({ patient, visit, sequence, files: chosenFiles, masks: masksOn(own, entry) });
      }
    }
  }
  return { images, open, findings: [...outside, ...findingsOf(chosen, Object.keys(rules.visits))] };
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

/** Masks that lie on the grid of the image or of another volume of its series. */
function masksOn(own: readonly IndexEntry[], image: IndexEntry): string[] {
  const series = own.filter(({ study, series: number }) => study === image.study && number === image.series);
  const files = new Set(series.map(({ file }) => file));
  return own.flatMap(({ kind, file, image: on }) =>
    kind === 'mask' && file !== null && on !== null && files.has(on) ? [file] : [],
  );
}

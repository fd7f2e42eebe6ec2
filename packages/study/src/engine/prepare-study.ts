import { SentinodeError } from '@sentinode/core';
import { assignCohorts } from '../cohort/assign-cohorts.ts';
import type { ClinicalData } from '../cohort/clinical-data.ts';
import { readCohort } from '../cohort/read-cohort.ts';
import { deriveColumns } from '../derivation/derive-columns.ts';
import { type FeatureTables, readFeatureTables, readStudyTable } from '../features/read-features.ts';
import type { StudyHost } from '../host/study-host.ts';
import { checkNetwork } from '../images/deep-network.ts';
import { type ImageFiles, imageFiles, missingFiles } from '../images/locate-images.ts';
import { type MaskRepair, withRepairs } from '../images/repairs/repair-record.ts';
import { readScans } from '../images/scans/read-scans.ts';
import { type ScanTable, scannersOf } from '../images/scans/scan-table.ts';
import { tumourBedVisits, visitExclusions } from '../images/visit-dates.ts';
import { exclude, included, type Ledger } from '../ledger/ledger.ts';
import { type Part, partsOf } from '../models/model-parts.ts';
import type { Derivation } from '../results/derivation.ts';
import type { Study } from '../study-file/options.ts';

/** A study after everything that can be known before the long work: who takes part, and what will be measured. */
export interface PreparedStudy {
  readonly study: Study;
  readonly source: 'images' | 'features' | 'clinical';
  readonly ledger: Ledger;
  readonly clinical: ClinicalData;
  /** Columns derived by rules; null where the study declares none. */
  readonly derivation: Derivation | null;
  /** Person and hospital by id; null where the study file names no column. */
  readonly groups: ReadonlyMap<string, string> | null;
  readonly centres: ReadonlyMap<string, string> | null;
  /** Further columns that divide patients: level by id, null where the cell is missing. */
  readonly subgroups: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
  /** Dates in the clinical table by id, then by column. */
  readonly dates: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Images to be measured, when the study starts from images. */
  readonly files: readonly ImageFiles[];
  /** Scanner and sequence of the images; null where the study file names no such file. */
  readonly scans: ScanTable | null;
  /** Masks that are read from repaired copies. */
  readonly repairs: readonly MaskRepair[];
  /** Feature tables, when the study starts from them. */
  readonly tables: FeatureTables | null;
  readonly models: readonly { readonly name: string; readonly parts: readonly Part[] }[];
  /** Visits without a visible tumour that are measured on the tumour bed. */
  readonly tumourBeds: number;
}

/**
 * Reads the tables, builds the ledger and finds the images.
 * @throws SentinodeError for everything that is wrong with the study file, its tables or its folder
 */
export async function prepareStudy(study: Study, host: StudyHost): Promise<PreparedStudy> {
  const source =
    study.images !== undefined ? 'images' : study.features !== undefined ? 'features' : 'clinical';
  const models = chosenModels(study, source);
  const { table, derivation } = deriveColumns(
    await readStudyTable(host, study.cohort.table, 'cohort.table'),
    study.cohort,
  );
  const cohort = readCohort(table, study.cohort);
  let ledger = cohort.ledger;
  let files: readonly ImageFiles[] = [];
  let repairs: readonly MaskRepair[] = [];
  let tumourBeds = 0;
  let scans: ScanTable | null = null;
  if (study.images !== undefined) {
    const { images } = study;
    let beds: readonly string[] = [];
    if (images.dates !== undefined) {
      const visits = await readStudyTable(host, images.dates.table, 'images.dates.table');
      beds = tumourBedVisits(visits, images, study.cohort.id);
      ledger = exclude(
        ledger,
        visitExclusions(
          visits,
          images,
          study.cohort.id,
          included(ledger).map((row) => row.id),
        ),
      );
    }
    const expected = imageFiles(
      images,
      included(ledger).map((row) => row.id),
    );
    ledger = exclude(ledger, await missingFiles(expected, (path) => host.hasInput(path)));
    const remaining = new Set(included(ledger).map((row) => row.id));
    ({ files, repairs } = await withRepairs(
      host,
      expected.filter((entry) => remaining.has(entry.patient)),
      images.masks.repaired,
    ));
    tumourBeds = beds.filter((id) => remaining.has(id)).length;
    if (images.scans !== undefined) scans = await readScans(host, images.scans, files, study);
  }
  if (included(ledger).length === 0) {
    throw new SentinodeError(
      'no-patients',
      `None of the ${ledger.rows.length} patients is left; the first left because of: ${ledger.rows[0]?.exclusion?.reason}.`,
      { file: table.file },
    );
  }
  ledger = assignCohorts(ledger, table, study, cohort.groups);
  const tables =
    study.features === undefined
      ? null
      : await readFeatureTables(
          host,
          study,
          included(ledger).map((row) => row.id),
        );
  if (source === 'images' && models.some(({ parts }) => parts.includes('deep')))
    await checkNetwork(host, study);
  const { clinical, groups, centres, dates } = cohort;
  const subgroups = withScanner(cohort.subgroups, scans);
  return {
    study,
    source,
    ledger,
    clinical,
    derivation,
    groups,
    centres,
    subgroups,
    dates,
    files,
    scans,
    repairs,
    tables,
    models,
    tumourBeds,
  };
}

/** Results are divided by scanner too where the scans name several, unless the study file has a column of that name. */
function withScanner(
  subgroups: PreparedStudy['subgroups'],
  scans: ScanTable | null,
): PreparedStudy['subgroups'] {
  if (scans === null || subgroups.has('scanner')) return subgroups;
  const scanners = scannersOf(scans);
  return new Set(scanners.values()).size < 2 ? subgroups : new Map([...subgroups, ['scanner', scanners]]);
}

/** The models of the study file, or all that the data allow. @throws `option-invalid` when data for one are missing */
function chosenModels(study: Study, source: PreparedStudy['source']): PreparedStudy['models'] {
  const available = new Set<Part>();
  if (Object.keys(study.cohort.variables).length > 0) available.add('clinical');
  if (source === 'images' || study.features?.radiomics !== undefined) available.add('radiomics');
  if (source === 'images' || study.features?.deep !== undefined) available.add('deep');
  const usual = ['clinical', 'radiomics', 'deep', 'dlr'].filter((name) =>
    partsOf(name).every((part) => available.has(part)),
  );
  const names = study.models ?? usual;
  if (names.length === 0)
    throw new SentinodeError(
      'option-invalid',
      'The study has no predictors: declare cohort.variables, features or images.',
      { field: 'models' },
    );
  return names.map((name, index) => {
    const parts = partsOf(name);
    const absent = parts.find((part) => !available.has(part));
    if (absent !== undefined) {
      const where = absent === 'clinical' ? 'cohort.variables' : `features.${absent} or images`;
      throw new SentinodeError(
        'option-invalid',
        `The model "${name}" needs ${absent} predictors, and the study has none: declare ${where}, or take the model out.`,
        { field: `models.${index}` },
      );
    }
    if (names.indexOf(name) !== index)
      throw new SentinodeError('option-invalid', `The model "${name}" is listed twice.`, {
        field: `models.${index}`,
      });
    return { name, parts };
  });
}

import type { StudyHost } from '../host/study-host.ts';
import { measureImages } from './measure-images.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** Takes the feature tables that were supplied, or measures the images. */
export async function measureStudy(prepared: PreparedStudy, host: StudyHost): Promise<MeasuredStudy> {
  const { study, ledger, tables } = prepared;
  const banners = await simulatedBanner(host);
  if (prepared.source === 'images') return measureImages(prepared, host, banners);
  const remarks = [
    ...(tables !== null && tables.radiomics !== null && tables.readers === null
      ? ['No tables of two readers were given: the ICC filter was not applied.']
      : []),
    ...(study.features !== undefined
      ? ['Features were supplied as tables; how they were measured is not known to this report.']
      : []),
  ];
  return {
    ledger,
    radiomics: tables?.radiomics ?? null,
    readers: tables?.readers ?? null,
    deep: tables?.deep ?? null,
    copies: [],
    adjacent: tables?.adjacent == null ? null : { features: tables.adjacent, copies: [], slices: null },
    pictures: [],
    acquisition: null,
    network: null,
    readerMasks: null,
    banners,
    remarks,
  };
}

/** Studies made by `simulate` carry the file SIMULATED.txt; every output of theirs says so. */
export async function simulatedBanner(host: StudyHost): Promise<string[]> {
  return (await host.hasInput('SIMULATED.txt')) ? ['Simulated data, not patients'] : [];
}

import type { Random } from '@sentinode/core';
import {
  findVolume,
  type NewSeries,
  type NewVolume,
  scanFiles,
  writeImageSeries,
  writeSegmentation,
} from '@sentinode/dicom';
import { ENGINE_VERSION } from '../../../../version.ts';
import type { SimulatedPatient } from '../../../cohort/screened-patients.ts';
import type { VisitRow } from '../../../cohort/visit-table.ts';
import type { SimulatedFile } from '../../../simulated-file.ts';
import { labelsOf, type PatientImage } from '../../patient-images.ts';
import { readers } from '../../sequences.ts';
import type { ImageFormat } from '../image-format.ts';
import { bValues, EARLY_PHASE, phaseSeconds, scanners, seriesProtocols } from './protocols.ts';

/**
 * Series as an archive exports them: a folder per patient, study and series, files in an order that says nothing; DCE with
 * three time points and DWI with two b-values in one series each; a SEG file per reader and sequence.
 */
export const dicom = {
  async *files(patient, rows, images, random) {
    const order = random.fork('export');
    for (const one of images) {
      const row = rows.find(({ visit }) => visit === one.visit)!;
      const series = seriesOf(patient, row, one, random);
      const bytes = await writeImageSeries(series);
      const folder = `dicom/${patient.id}/${row.mriDate.replaceAll('-', '')}`;
      const own = `${folder}/${String(series.number).padStart(3, '0')}`;
      const numbers = order.fork(own).shuffle(bytes.map((_, at) => at));
      for (const [at, file] of bytes.entries())
        yield { path: `${own}/IM${padded(numbers[at])}`, bytes: file };
      if (one.masks !== null) yield* masksOf(one, bytes, series.number, folder);
    }
  },
} satisfies ImageFormat;

const padded = (number: number): string => String(number + 1).padStart(6, '0');

function seriesOf(patient: SimulatedPatient, row: VisitRow, one: PatientImage, random: Random): NewSeries {
  return {
    ...seriesProtocols[one.sequence],
    patient: { id: patient.id, name: `SIMULATED^${patient.id}`, sex: 'F' },
    study: {
      key: one.visit,
      date: row.mriDate.replaceAll('-', ''),
      time: '101500',
      description: 'Breast MRI, simulated',
    },
    equipment: scanners[random.fork('scanner').integer(scanners.length)],
    volumes: volumesOf(one),
    madeUp: true,
  };
}

function volumesOf({ sequence, image, masks, again }: PatientImage): NewVolume[] {
  const visible = masks !== null;
  if (sequence === 'DWI') {
    const unweighted = again('T2WI', visible, 'b0');
    return [
      { volume: unweighted, bValue: bValues[0] },
      { volume: image, bValue: bValues[1] },
    ];
  }
  if (sequence !== 'DCE') return [{ volume: image }];
  const of = phaseSeconds.length;
  return phaseSeconds.map((seconds, at) => ({
    volume: at + 1 === EARLY_PHASE ? image : again('DCE', visible && at > 0, `phase-${at + 1}`),
    phase: { number: at + 1, of, seconds },
  }));
}

/** The readers' masks as SEG, in the series after those of the images. */
async function* masksOf(
  { image, masks, sequence }: PatientImage,
  files: readonly Uint8Array[],
  series: number,
  folder: string,
): AsyncGenerator<SimulatedFile> {
  const scan = await scanFiles(files.map((bytes, at) => ({ path: String(at), read: async () => bytes })));
  const stack = findVolume(scan, image.geometry);
  for (const [reader, data] of masks!.readers.entries()) {
    const number = 100 * (reader + 1) + series;
    const { geometry } = stack;
    const segment = {
      label: 'Tumour',
      mask: { geometry, data: labelsOf(geometry, data).data as Uint8Array },
    };
    const bytes = await writeSegmentation([segment], {
      stack,
      dataSet: async (source) => (await scan.open(source)).dataSet,
      version: ENGINE_VERSION,
      series: { number, description: `${sequence} tumour ${readers[reader]}` },
    });
    yield { path: `${folder}/${number}/IM000001`, bytes };
  }
}

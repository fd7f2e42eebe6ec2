import type { IndexEntry } from '@sentinode/dicom';
import { textTable } from '../../terminal/text-table.ts';
import type { ImportResult } from './result.ts';

/** A summary for the terminal: what was found, what was left out, what is unusual. */
export function readable({ folder, files, copies, skipped, volumes, notice }: ImportResult): string {
  const made = volumes.filter(({ file }) => file !== null);
  const failed = volumes.filter(({ error }) => error !== null);
  const patients = new Set(volumes.map(({ patient }) => patient)).size;
  const warned = made.filter(({ warnings }) => warnings.length > 0);
  return [
    `${files} files, ${count(patients, 'patient')}, ${count(made.length, 'volume')} in ${folder}`,
    ...(copies > 0 ? [`${count(copies, 'file')} were there twice.`] : []),
    ...skipped.map(({ reason, files: n }) => `${count(n, 'file')} left out: ${reason}`),
    '',
    textTable(
      ['patient', 'study', 'series', 'kind', 'volume', 'slices', 'spacing, mm', 'why'],
      made.map(row),
    ),
    ...(warned.length === 0
      ? []
      : ['', ...warned.map((one) => `${one.file}: ${one.warnings.map((w) => w.message).join(' ')}`)]),
    ...(failed.length === 0
      ? []
      : [
          '',
          ...failed.map(
            (one) => `${one.patient} ${one.study} series ${one.series}, not written: ${one.error?.message}`,
          ),
        ]),
    '',
    `All of it: ${folder}/index.csv`,
    notice,
  ].join('\n');
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

function row({
  patient,
  study,
  series,
  kind,
  phase,
  phases,
  seconds,
  bValue,
  bDirection,
  regions,
  slices,
  spacing,
  why,
}: IndexEntry): string[] {
  const parts = [
    ...(phase === null
      ? []
      : [`phase ${phase} of ${phases}${seconds === null ? '' : ` at ${Math.round(seconds)} s`}`]),
    ...(regions ?? []).map(
      ({ label, name, voxels }) => `${label}${name === '' ? '' : ` ${name}`}: ${voxels} voxels`,
    ),
    ...(bValue === null ? [] : [`b ${bValue}${bDirection === null ? '' : ` direction ${bDirection}`}`]),
  ];
  const mm = (spacing ?? []).map((value) => String(Math.round(value * 1000) / 1000)).join(' × ');
  return [patient, study, String(series), kind, parts.join(', '), String(slices), mm, why];
}

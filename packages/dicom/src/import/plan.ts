import type { SentinodeError, Warning } from '@sentinode/core';
import type { SeriesAttributes } from '../frames/series-attributes.ts';
import type { Slice } from '../frames/slice.ts';
import { groupBy } from '../series/group-by.ts';
import type { SeriesVolume } from '../series/split-series.ts';
import { kindOf, type VolumeKind } from './kinds.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import type { Scan, ScannedFile } from './scan.ts';
import { splitWithoutTwins } from './twins.ts';

/** A volume to be written, with where and as what. */
export interface PlannedVolume {
  readonly place: SeriesPlace;
  readonly file: string;
  readonly kind: VolumeKind;
  readonly why: string;
  readonly volume: SeriesVolume;
  readonly bDirection: number | undefined;
  readonly warnings: readonly Warning[];
}

/** A part of a series that makes no volume. */
export interface PlannedRefusal {
  readonly place: SeriesPlace;
  readonly slices: readonly Slice[];
  readonly error: SentinodeError;
}

/** Where a series stands among those of its patient. */
export interface SeriesPlace {
  readonly patient: string;
  readonly study: string;
  readonly day: number | undefined;
  readonly series: number;
  readonly started: number | undefined;
  readonly attributes: SeriesAttributes;
}

export interface ImportPlan {
  readonly volumes: readonly PlannedVolume[];
  readonly refusals: readonly PlannedRefusal[];
  /** Place of every series by its UID, also of those that hold no image. */
  readonly places: ReadonlyMap<string, SeriesPlace>;
}

/**
 * Decides what every series is and what its volumes are called, before any pixel is decoded. Order and names hang on
 * the headers alone, never on file names.
 */
export async function planImport(scan: Scan, pseudonyms: Pseudonyms): Promise<ImportPlan> {
  const places = await placesOf(scan.files, pseudonyms);
  const volumes: PlannedVolume[] = [];
  const refusals: PlannedRefusal[] = [];
  const images = scan.files.filter(({ role }) => role === 'image');
  const series = groupBy(images, ({ attributes }) => attributes.series);
  const others = personsOf(places.values());
  const ordered = [...places.values()].filter(({ attributes }) => series.has(attributes.series));
  for (const place of ordered) {
    const files = series.get(place.attributes.series)!;
    const split = await splitWithoutTwins(
      files.flatMap(({ slices }) => slices),
      scan.open,
    );
    refusals.push(...split.refused.map(({ slices, error }) => ({ place, slices, error })));
    volumes.push(
      ...named(place, split.volumes, [...warningsOf(files), ...(others.has(place) ? [otherPerson] : [])]),
    );
  }
  return { volumes, refusals, places };
}

const otherPerson: Warning = {
  code: 'patients-differ',
  message:
    'Birth date or sex are not those of the first files of this patient: two persons may have one Patient ID. Look before both are taken for one.',
};

/** Series whose birth date or sex is another one than that of the first series of the patient that says it. */
function personsOf(places: Iterable<SeriesPlace>): ReadonlySet<SeriesPlace> {
  const first = new Map<string, string>();
  const others = new Set<SeriesPlace>();
  for (const place of places) {
    const { birthDate, sex } = place.attributes;
    for (const [what, value] of [
      ['birth', /^\d{8}$/.test(birthDate) ? birthDate : ''],
      ['sex', /^[FM]$/.test(sex) ? sex : ''],
    ]) {
      const key = `${place.patient}|${what}`;
      if (value === '') continue;
      if (!first.has(key)) first.set(key, value!);
      else if (first.get(key) !== value) others.add(place);
    }
  }
  return others;
}

function warningsOf(files: readonly ScannedFile[]): Warning[] {
  const patients = new Set(files.map(({ attributes }) => attributes.patient)).size;
  return [
    ...(files.some(({ lossy }) => lossy)
      ? [
          {
            code: 'lossy',
            message:
              'The pixels were compressed with loss; features of them are not those of the measurement.',
          },
        ]
      : []),
    ...(patients > 1
      ? [
          {
            code: 'patients-mixed',
            message: `The files of this series name ${patients} patients; it is filed under the first.`,
          },
        ]
      : []),
  ];
}

function named(
  place: SeriesPlace,
  volumes: readonly SeriesVolume[],
  warnings: readonly Warning[],
): PlannedVolume[] {
  const weighted = volumes.some(
    ({ bValue, slices }) => (bValue ?? 0) > 0 || slices.some((s) => (s.bValue ?? 0) > 0),
  );
  const directions = new Map<string, number>();
  const used = new Map<string, number>();
  return volumes.map((volume) => {
    const { kind, why } = kindOf({ attributes: place.attributes, volume, weighted });
    const diffusion = kind === 'DWI' && weighted;
    const key = `${volume.bValue}|${volume.bDirection}`;
    if (diffusion && volume.bDirection !== undefined && !directions.has(key))
      directions.set(
        key,
        [...directions.keys()].filter((one) => one.startsWith(`${volume.bValue}|`)).length + 1,
      );
    const bDirection = diffusion && volume.bDirection !== undefined ? directions.get(key) : undefined;
    const several = (mark: (one: SeriesVolume) => unknown): boolean => new Set(volumes.map(mark)).size > 1;
    const parts = [
      String(place.series).padStart(2, '0'),
      kind,
      ...(diffusion && volume.bValue !== undefined ? [`b${Math.round(volume.bValue)}`] : []),
      ...(bDirection === undefined ? [] : [`dir${bDirection}`]),
      ...(several(({ echoTime }) => echoTime) && volume.echoTime !== undefined
        ? [`te${String(Math.round(volume.echoTime * 100) / 100).replace('.', 'p')}`]
        : []),
      ...(volume.phase === undefined ? [] : [`phase${volume.phase.number}`]),
    ];
    const base = parts.join('_');
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    const name = count === 1 ? base : `${base}_part${count}`;
    return {
      place,
      file: `${place.patient}/${place.study}/${name}.nii.gz`,
      kind,
      why,
      volume,
      bDirection,
      warnings: [...warnings, ...volume.warnings],
    };
  });
}

/** Patients by pseudonym, their studies by date, the series of each by number, time and UID. */
async function placesOf(
  files: readonly ScannedFile[],
  pseudonyms: Pseudonyms,
): Promise<Map<string, SeriesPlace>> {
  const places = new Map<string, SeriesPlace>();
  const patients: [string, ScannedFile[]][] = [];
  for (const [identifier, group] of groupBy(files, ({ attributes }) => attributes.patient))
    patients.push([await pseudonyms.patient(identifier), group]);
  for (const [patient, group] of patients.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const studies = [...groupBy(group, ({ attributes }) => attributes.study).values()].sort((a, b) =>
      inOrder(
        [a[0].attributes.studyTime, b[0].attributes.studyTime],
        [a[0].attributes.studyDay, b[0].attributes.studyDay],
        [a[0].attributes.study, b[0].attributes.study],
      ),
    );
    const first = studies[0][0].attributes.studyDay;
    studies.forEach((study, at) => {
      const series = [...groupBy(study, ({ attributes }) => attributes.series).values()]
        .map(([{ attributes }]) => attributes)
        .sort((a, b) =>
          inOrder([a.seriesNumber, b.seriesNumber], [a.seriesTime, b.seriesTime], [a.series, b.series]),
        );
      const starts = startsOf(study);
      const earliest = Math.min(...starts.values());
      series.forEach((attributes, number) => {
        if (places.has(attributes.series)) return;
        places.set(attributes.series, {
          patient,
          study: `S${at + 1}`,
          day:
            attributes.studyDay === undefined || first === undefined
              ? undefined
              : attributes.studyDay - first,
          series: number + 1,
          started: starts.has(attributes.series) ? starts.get(attributes.series)! - earliest : undefined,
          attributes,
        });
      });
    });
  }
  return places;
}

/**
 * When each series of a study began: by the acquisition of its slices where every image says so, for the time of a
 * series may be that of its reconstruction; else by the time of the series.
 */
function startsOf(study: readonly ScannedFile[]): Map<string, number> {
  const acquired = new Map<string, number>();
  const named = new Map<string, number>();
  let complete = true;
  for (const { attributes, slices } of study) {
    const { series, seriesTime } = attributes;
    if (seriesTime !== undefined && !named.has(series)) named.set(series, seriesTime);
    for (const { times } of slices) {
      if (times.acquisition === undefined) complete = false;
      else
        acquired.set(series, Math.min(acquired.get(series) ?? Number.POSITIVE_INFINITY, times.acquisition));
    }
  }
  const clock = [...acquired.values()];
  const oneDay = Math.max(...clock) - Math.min(...clock) < 86_400;
  return complete && oneDay && clock.length > 0 ? acquired : named;
}

/** Order by the first pair that differs; what is undefined comes last. */
function inOrder(
  ...pairs: readonly (readonly [number | string | undefined, number | string | undefined])[]
): number {
  for (const [a, b] of pairs) {
    if (a === b) continue;
    if (a === undefined) return 1;
    if (b === undefined) return -1;
    return a < b ? -1 : 1;
  }
  return 0;
}

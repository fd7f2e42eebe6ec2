import type { MaskRepair, StudyCheck } from '@sentinode/study';
import { textTable } from '../../terminal/text-table.ts';

/** The check of a study for programs; pictures are in the page alone. */
export function checkJson(found: StudyCheck, repaired: readonly MaskRepair[] | null): string {
  const { pictures: _, failed, ...rest } = found;
  const problems = failed.map(({ error, mismatch }) => ({
    ...error,
    cause: mismatch?.cause ?? null,
    repair: mismatch?.repair ?? null,
  }));
  return JSON.stringify({ ...rest, failed: problems, ...(repaired === null ? {} : { repaired }) }, null, 2);
}

const range = (values: readonly number[]): string => {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const text = (value: number): string => String(Math.round(value * 100) / 100);
  return low === high ? text(low) : `${text(low)}–${text(high)}`;
};

function derived({ derivation }: StudyCheck): string[] {
  return (derivation?.variables ?? []).map(({ name, sentence, missing, levels, supplied }) => {
    const conflicts = derivation!.conflicts.filter(({ variable }) => variable === name).length;
    const compared =
      supplied === null
        ? ''
        : `; ${conflicts} ${conflicts === 1 ? 'conflict' : 'conflicts'} with ${supplied}`;
    return `Derived ${name}: ${sentence}; ${levels.map(({ level, n }) => `${level} ${n}`).join(', ')}, missing ${missing}${compared}.`;
  });
}

/** The check of a study on the terminal. */
export function readableCheck(found: StudyCheck, out: string | undefined): string {
  const lines = found.flow.flatMap(({ label, n, events, excluded }) => [
    ...excluded.map((reason) => `    − ${reason.n} ${reason.reason}`),
    `${label}: ${n}${events === null ? '' : ` (${events} events)`}`,
  ]);
  const missing = found.missing.filter(({ n }) => n > 0).map(({ variable, n }) => `${variable} ${n}`);
  const groups = [...new Set(found.images.map(({ visit, sequence }) => `${visit} ${sequence}`))];
  const rows = groups.map((group) => {
    const images = found.images.filter(({ visit, sequence }) => `${visit} ${sequence}` === group);
    const unusual = images.filter(({ warnings }) => warnings.length > 0).length;
    return [
      group,
      String(images.length),
      [0, 1, 2].map((axis) => range(images.map(({ spacing }) => spacing[axis]!))).join(' × '),
      range(images.map(({ millilitres }) => millilitres)),
      range(images.map(({ inBody }) => Math.round(100 * inBody))),
      range(images.map(({ greyLevels }) => greyLevels)),
      String(unusual),
    ];
  });
  return [
    ...found.banners.map((banner) => `${banner}.`),
    `${found.study}: models ${found.models.join(', ')}, from ${found.source}.`,
    ...lines,
    ...derived(found),
    missing.length === 0 ? 'No clinical cell is missing.' : `Missing cells: ${missing.join(', ')}.`,
    ...(rows.length === 0
      ? []
      : [
          '',
          textTable(
            ['images', 'n', 'spacing, mm', 'region, ml', 'in body, %', 'grey levels', 'with warnings'],
            rows,
          ),
        ]),
    ...(out === undefined ? [] : ['', `Pictures and all images: ${out}`]),
    found.notice,
  ].join('\n');
}

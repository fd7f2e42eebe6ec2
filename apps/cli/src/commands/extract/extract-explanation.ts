import { SentinodeError } from '@sentinode/core';
import { type EvidenceTable, type Explanation, explainFeature, type Protocol } from '@sentinode/radiomics';
import { NOTICE, type ReadCase } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { textTable } from '../../terminal/text-table.ts';
import type { Session } from '../command.ts';
import { openCase } from './one-case.ts';
import type { ExtractOptions } from './options.ts';

/** Rows and columns of a table that a terminal shows; JSON has them all. */
const SHOWN = { rows: 24, columns: 16, tables: 3 } as const;

/** How one feature of a case comes about, for people or as JSON. */
export async function extractExplanation(
  image: string,
  mask: string,
  feature: string,
  options: ExtractOptions,
  session: Session,
): Promise<number> {
  const format = options.format ?? (session.global.json ? 'json' : 'text');
  if (format !== 'text' && format !== 'json')
    throw new SentinodeError('usage', `--format takes text or json with --explain, not "${format}".`, {
      field: '--format',
    });
  const { found, settings } = await openCase(image, mask, options);
  const explanation = explainedCase(found, settings, feature);
  for (const { code, message } of explanation.warnings) session.remark(`warning [${code}]: ${message}`);
  const text =
    format === 'json'
      ? `${JSON.stringify({ notice: NOTICE, ...explanation }, (_, value) => (Number.isNaN(value) ? null : value), 1)}\n`
      : explained(explanation);
  if (options.out === undefined) session.print(text.trimEnd());
  else await atomicWrite(options.out, text);
  return 0;
}

function explainedCase({ image, mask, named }: ReadCase, settings: Protocol, feature: string): Explanation {
  try {
    return explainFeature(image, mask, settings, feature);
  } catch (error) {
    throw named(error);
  }
}

function explained(one: Explanation): string {
  const { source, region } = one;
  const manual =
    source.ibsi === null
      ? 'not in the IBSI manual'
      : `IBSI ${source.ibsi}${source.differs === undefined ? '' : ` (differs: ${source.differs})`}`;
  const numbers = (values: readonly number[]): string => values.map(String).join(' x ');
  const settings = Object.entries(one.settings).map(([name, value]) => [name, JSON.stringify(value)]);
  const levels = one.greyLevels.map(({ level, from, to, voxels }) => [level, from, to, voxels].map(String));
  return [
    `${one.feature} = ${one.value ?? `no value: ${one.undefined}`}`,
    '',
    `formula   ${one.formula}`,
    `source    ${source.definition}; ${manual}`,
    `region    ${region.voxels} voxels in a box of ${numbers(region.box)}, spacing ${numbers(region.spacing)} mm, grey values ${region.minimum} to ${region.maximum}`,
    '',
    ...(levels.length === 0
      ? []
      : [
          `grey levels in the region (${levels.length} occupied)`,
          textTable(['level', 'from', 'below', 'voxels'], levels.slice(0, SHOWN.rows)),
          ...more(levels.length, SHOWN.rows, 'grey levels'),
          '',
        ]),
    ...one.evidence.slice(0, SHOWN.tables).flatMap(table),
    ...more(one.evidence.length, SHOWN.tables, 'tables'),
    'settings',
    textTable(['setting', 'value'], settings),
    '',
    NOTICE,
  ].join('\n');
}

function table({ title, rowTitle, columnTitle, rows, columns, values }: EvidenceTable): string[] {
  const header = [columnTitle === '' ? rowTitle : `${rowTitle} \\ ${columnTitle}`, ...columns.map(String)];
  const body = values.map((row, k) => [String(rows[k]), ...row.map(digits)]);
  return [
    title,
    textTable(
      header.slice(0, SHOWN.columns + 1),
      body.slice(0, SHOWN.rows).map((row) => row.slice(0, SHOWN.columns + 1)),
    ),
    ...more(rows.length, SHOWN.rows, 'rows'),
    ...more(columns.length, SHOWN.columns, 'columns'),
    '',
  ];
}

const digits = (value: number): string =>
  Number.isInteger(value) ? String(value) : Number.isNaN(value) ? '' : String(Number(value.toPrecision(10)));

function more(count: number, shown: number, what: string): string[] {
  return count > shown ? [`... ${count - shown} more ${what}; --json has them all`] : [];
}

import { SentinodeError } from '@sentinode/core';
import { type FeatureVector, ibsiCodes, isIbsi } from '@sentinode/radiomics';
import { extractImage, NOTICE, writeCsv } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { chosenLabel } from '../../adapters/files/label-names.ts';
import type { Session } from '../command.ts';
import { cellsOf, diagnosticsOf } from './columns.ts';
import { pathFormat } from './format-path.ts';
import { writeColumns } from './ibsi-columns.ts';
import type { ExtractOptions } from './options.ts';
import { settingsOf, volumeFile } from './settings.ts';

/** Features of one case on stdout or in a file. */
export async function extractOne(
  image: string,
  mask: string,
  options: ExtractOptions,
  session: Session,
): Promise<number> {
  const format = options.format ?? (session.global.json ? 'json' : 'csv');
  if (format !== 'csv' && format !== 'json')
    throw new SentinodeError('usage', `--format takes csv or json for one case, not "${format}".`, {
      field: '--format',
    });
  const path = pathFormat(options.formatPath) ?? ((as: string) => as);
  const given = await settingsOf(options);
  const label = (await chosenLabel({ text: options.label, mask, labels: options.labels })) ?? given.label;
  const settings = { ...given, label };
  const { vectors } = await extractImage({
    image: await volumeFile(image, 'image'),
    masks: [await volumeFile(mask, 'mask')],
    settings,
    region: { lesions: 'union', label },
    otherGrid: true,
  });
  const vector = vectors[0]!;
  for (const { code, message } of vector.warnings) session.remark(`warning [${code}]: ${message}`);
  const text =
    format === 'json'
      ? json(vector, isIbsi(settings), options.skipNans)
      : csv(vector, [image, mask].map(path), options.skipNans);
  if (options.out === undefined) session.print(text.replace(/\r?\n$/, ''));
  else {
    await atomicWrite(options.out, text);
    if (isIbsi(settings)) await writeColumns(options.out, vector.names);
    session.remark(`${vector.names.length} features written to ${options.out}. ${NOTICE}`);
  }
  return 0;
}

function csv(vector: FeatureVector, paths: readonly string[], skipNans?: boolean): string {
  const cells = cellsOf(vector, skipNans);
  return writeCsv(['Image', 'Mask', ...cells.keys()], [[...paths, ...cells.values()]]);
}

/** IBSI features come with their codes. */
function json(vector: FeatureVector, withCodes: boolean, skipNans = false): string {
  const features = Object.fromEntries(
    vector.names.flatMap((name, index): [string, number | null][] => {
      const value = vector.values[index]!;
      if (!Number.isNaN(value)) return [[name, value]];
      return skipNans ? [] : [[name, null]];
    }),
  );
  const { undefinedReasons, warnings } = vector;
  const diagnostics = diagnosticsOf(vector);
  const codes = withCodes ? { codes: ibsiCodes(vector.names) } : {};
  return `${JSON.stringify({ notice: NOTICE, features, ...codes, undefined: undefinedReasons, warnings, diagnostics }, null, 1)}\n`;
}

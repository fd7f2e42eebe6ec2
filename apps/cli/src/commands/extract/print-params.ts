import { writeParameters } from '@sentinode/radiomics';
import type { Session } from '../command.ts';
import type { ExtractOptions } from './options.ts';
import { labelOf, settingsOf } from './settings.ts';

/** Prints the settings that a parameter file (or the default protocol) means, in PyRadiomics' form. */
export async function printParams({ params, label }: ExtractOptions, session: Session): Promise<number> {
  const settings = await settingsOf(params);
  session.print(writeParameters({ ...settings, label: labelOf(label, settings.label) }).trimEnd());
  for (const remark of settings.remarks) session.remark(`warning [setting-no-effect]: ${remark}`);
  return 0;
}

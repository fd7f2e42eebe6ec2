import { isIbsi, writeParameters } from '@sentinode/radiomics';
import { chosenLabel } from '../../adapters/files/label-names.ts';
import type { Session } from '../command.ts';
import type { ExtractOptions } from './options.ts';
import { settingsOf } from './settings.ts';

/** Prints the settings that a parameter file (or a default protocol) means, in the form of its standard. */
export async function printParams(options: ExtractOptions, session: Session): Promise<number> {
  const settings = await settingsOf(options);
  const own = (await chosenLabel({ text: options.label, labels: options.labels })) ?? settings.label;
  if (isIbsi(settings)) {
    session.print(JSON.stringify({ ...settings, label: own }, null, 1));
    return 0;
  }
  session.print(writeParameters({ ...settings, label: own }).trimEnd());
  for (const remark of settings.remarks) session.remark(`warning [setting-no-effect]: ${remark}`);
  return 0;
}

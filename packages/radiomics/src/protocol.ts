import type { IbsiSettings } from './ibsi/settings/settings.ts';
import type { ExtractionSettings } from './parameters/settings.ts';

/** Whose definitions hold. They share matrices and geometry where they agree, and are never mixed. */
export type Standard = 'pyradiomics' | 'ibsi';

/** Everything that decides the numbers of an extraction under one of the standards; plain data. */
export type Protocol = ExtractionSettings | IbsiSettings;

/** Whether a protocol follows IBSI; PyRadiomics' settings carry no name of a standard. */
export function isIbsi(protocol: Protocol): protocol is IbsiSettings {
  return 'standard' in protocol;
}

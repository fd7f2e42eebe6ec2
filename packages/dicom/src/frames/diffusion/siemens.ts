import { parseDecimal } from '../../data-set/numbers.ts';
import { csaOf, SIEMENS } from '../siemens.ts';
import { type DiffusionSource, directionText } from './source.ts';

/** (0019,xx0C) with direction (0019,xx0E), else `B_value` of the CSA header. */
export const siemens: DiffusionSource = {
  name: 'Siemens',
  read: (frame) => {
    const [bValue] = frame.privateNumbers(0x0019, SIEMENS.mr, 0x0c);
    if (bValue !== undefined) {
      const direction = directionText(frame.privateNumbers(0x0019, SIEMENS.mr, 0x0e, 'FD'));
      return { bValue, direction: bValue === 0 ? undefined : direction };
    }
    const csa = csaOf(frame.root);
    const stored = parseDecimal(csa.get('B_value')?.[0] ?? '');
    if (stored === undefined) return undefined;
    const vector = (csa.get('DiffusionGradientDirection') ?? []).map(
      (part) => parseDecimal(part) ?? Number.NaN,
    );
    return { bValue: stored, direction: stored === 0 ? undefined : directionText(vector) };
  },
};

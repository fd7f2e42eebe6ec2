import { type DiffusionSource, directionText } from './source.ts';

/** Newer software adds 10^9 to the value, some versions other multiples of 10^5; what is left is the b-value. */
const OFFSET = 100_000;

/** First value of (0043,xx39); direction in (0019,xxBB) to (0019,xxBD). */
export const generalElectric: DiffusionSource = {
  name: 'GE',
  read: (frame) => {
    const [stored] = frame.privateNumbers(0x0043, 'GEMS_PARM_01', 0x39);
    if (stored === undefined || !(stored >= 0)) return undefined;
    const bValue = stored % OFFSET;
    const vector = [0xbb, 0xbc, 0xbd].flatMap((part) =>
      frame.privateNumbers(0x0019, 'GEMS_ACQU_01', part).slice(0, 1),
    );
    return { bValue, direction: bValue === 0 ? undefined : directionText(vector) };
  },
};

import type { DiffusionSource } from './source.ts';

const IMAGING = 'Philips Imaging DD 001';

/** (2001,xx03); the number of the direction in (2005,xx13), whose vector the standard attribute holds as well. */
export const philips: DiffusionSource = {
  name: 'Philips',
  read: (frame) => {
    const [bValue] = frame.privateNumbers(0x2001, IMAGING, 0x03, 'FL');
    if (bValue === undefined || !(bValue >= 0)) return undefined;
    const [number] = frame.privateNumbers(0x2005, 'Philips MR Imaging DD 005', 0x13);
    return { bValue, direction: bValue === 0 || number === undefined ? undefined : String(number) };
  },
};

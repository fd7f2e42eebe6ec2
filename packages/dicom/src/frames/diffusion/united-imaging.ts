import { type DiffusionSource, directionText } from './source.ts';

const CREATOR = 'Image Private Header';

/** (0065,xx09), direction in (0065,xx37). */
export const unitedImaging: DiffusionSource = {
  name: 'United Imaging',
  read: (frame) => {
    const [bValue] = frame.privateNumbers(0x0065, CREATOR, 0x09, 'FD');
    if (bValue === undefined || !(bValue >= 0)) return undefined;
    return { bValue, direction: directionText(frame.privateNumbers(0x0065, CREATOR, 0x37, 'FD')) };
  },
};

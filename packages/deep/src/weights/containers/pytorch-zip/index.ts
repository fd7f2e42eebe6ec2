import { SentinodeError } from '@sentinode/core';
import { storageOf, tensorsOfPickle } from '../../pickle/tensors-of-pickle.ts';
import { unpickle } from '../../pickle/unpickle.ts';
import type { WeightContainer } from '../container.ts';
import { readArchive } from './archive.ts';

/** What `torch.save` writes since 1.6: an archive of a pickle and one file for each storage. */
export const pytorchZip = {
  name: 'PyTorch archive',
  extensions: ['.pth', '.pt'],
  recognise: (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4,
  read(bytes, file) {
    const fail = (message: string): never => {
      throw new SentinodeError('weights-invalid', message, { file });
    };
    const entries = readArchive(bytes, file);
    const pickle =
      entries.find(({ name }) => name.endsWith('/data.pkl')) ??
      fail('The archive holds no data.pkl; it is not from torch.save.');
    const root = pickle.name.slice(0, -'data.pkl'.length);
    const parts = new Map(entries.map((entry) => [entry.name, entry.bytes]));
    const order = parts.get(`${root}byteorder`);
    if (order !== undefined && new TextDecoder().decode(order).trim() !== 'little')
      fail('The file was written on a big-endian machine; save it again on a usual one.');
    const { value } = unpickle(pickle.bytes, 0, file, storageOf);
    return tensorsOfPickle(
      value,
      ({ key }) => parts.get(`${root}data/${key}`) ?? fail(`The archive lacks its part data/${key}.`),
      file,
    );
  },
} satisfies WeightContainer;

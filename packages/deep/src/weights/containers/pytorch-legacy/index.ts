import { SentinodeError } from '@sentinode/core';
import { type Storage, storageBytes } from '../../pickle/allowed.ts';
import { storageOf, tensorsOfPickle } from '../../pickle/tensors-of-pickle.ts';
import { unpickle } from '../../pickle/unpickle.ts';
import { elementBytes } from '../../stored-tensor.ts';
import type { WeightContainer } from '../container.ts';

/** A pickle of the whole number 0x1950a86a20f9469cfc6c, with which torch opened its files before 1.6. */
const magic = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
const FORMAT_VERSION = 1001;

/**
 * What `torch.save` wrote before 1.6: pickles of a magic number, a version, the machine, the object and the storage keys,
 * then each storage as a count of values (8 bytes) and the values.
 */
export const pytorchLegacy = {
  name: 'PyTorch legacy file',
  extensions: ['.pth', '.pt'],
  recognise: (bytes) => bytes[0] === 0x80 && bytes.length > 16,
  read(bytes, file) {
    const fail = (message: string): never => {
      throw new SentinodeError('weights-invalid', message, { file });
    };
    const storages = new Map<string, Storage>();
    const remember = (id: unknown, refuse: (message: string) => never): Storage => {
      const storage = storageOf(id, refuse);
      storages.set(storage.key, storage);
      return storage;
    };
    const isTorch = magic.every((byte, at) => bytes[at] === byte);
    // A bare pickle is read too, so that what it asks for is named in the refusal.
    const version = isTorch ? unpickle(bytes, magic.length, file, remember) : { value: null, end: 0 };
    if (isTorch && version.value !== FORMAT_VERSION)
      fail('The file is of a version of torch that is not known; save it again with a newer one.');
    const machine = isTorch ? unpickle(bytes, version.end, file, remember) : version;
    if (machine.value instanceof Map && machine.value.get('little_endian') === false)
      fail('The file was written on a big-endian machine; save it again on a usual one.');
    const object = unpickle(bytes, machine.end, file, remember);
    if (!isTorch) fail('The file is a pickle, but not one that torch.save writes.');
    const keys = unpickle(bytes, object.end, file, remember);
    if (!Array.isArray(keys.value)) return fail('The file lacks its list of storages; it is damaged.');
    const found = new Map<string, Uint8Array>();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = keys.end;
    for (const key of keys.value as unknown[]) {
      const storage = storages.get(String(key)) ?? fail('The file lists a storage that no tensor uses.');
      if (at + 8 > bytes.length) fail('The file ends in the middle; it was cut off.');
      const count = Number(view.getBigInt64(at, true));
      const length = count * elementBytes[storage.type];
      at += 8;
      if (count < 0 || at + length > bytes.length) fail('The file ends in the middle; it was cut off.');
      if (length < storageBytes(storage))
        fail(`A storage has ${count} values where ${storage.count} are claimed; the file is damaged.`);
      found.set(storage.key, bytes.subarray(at, at + length));
      at += length;
    }
    return tensorsOfPickle(
      object.value,
      ({ key }) => found.get(key) ?? fail('A storage is missing; the file is damaged.'),
      file,
    );
  },
} satisfies WeightContainer;

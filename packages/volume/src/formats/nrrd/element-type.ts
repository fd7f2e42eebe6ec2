import type { ElementType } from '../../volume.ts';
import { invalidField } from './header.ts';

/** Names of the format for each element type. */
const names: Readonly<Record<ElementType, readonly string[]>> = {
  int8: ['signed char', 'int8', 'int8_t'],
  uint8: ['uchar', 'unsigned char', 'uint8', 'uint8_t'],
  int16: ['short', 'short int', 'signed short', 'signed short int', 'int16', 'int16_t'],
  uint16: ['ushort', 'unsigned short', 'unsigned short int', 'uint16', 'uint16_t'],
  int32: ['int', 'signed int', 'int32', 'int32_t'],
  uint32: ['uint', 'unsigned int', 'uint32', 'uint32_t'],
  int64: [
    'longlong',
    'long long',
    'long long int',
    'signed long long',
    'signed long long int',
    'int64',
    'int64_t',
  ],
  uint64: ['ulonglong', 'unsigned long long', 'unsigned long long int', 'uint64', 'uint64_t'],
  float32: ['float'],
  float64: ['double'],
};

const types = new Map(
  Object.entries(names).flatMap(([type, aliases]) =>
    aliases.map((alias) => [alias, type as ElementType] as const),
  ),
);

/** @throws SentinodeError `volume-header` for a name the format does not have, or `block` */
export function elementOfName(name: string): ElementType {
  const type = types.get(name.toLowerCase());
  if (type === undefined) throw invalidField(`"${name}" is no type of scalar voxels.`, 'type');
  return type;
}

/** The name that every reader knows. */
export function nameOfElement(type: ElementType): string {
  const preferred: Partial<Record<ElementType, string>> = {
    uint8: 'uint8',
    uint16: 'uint16',
    uint32: 'uint32',
    uint64: 'uint64',
  };
  return preferred[type] ?? names[type].at(-1)!.replace(/_t$/, '');
}

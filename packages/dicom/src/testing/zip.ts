import { crc32 } from '@sentinode/core';

/** A zip archive of stored entries, quick to make where they are many. */
export function zipOf(entries: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array {
  const names = entries.map(([name]) => new TextEncoder().encode(name));
  const sum = (of: (at: number) => number): number => names.reduce((total, _, at) => total + of(at), 0);
  const start = sum((at) => 30 + names[at]!.length + entries[at]![1].length);
  const whole = new Uint8Array(start + sum((at) => 46 + names[at]!.length) + 22);
  const view = new DataView(whole.buffer);
  let local = 0;
  let central = start;
  entries.forEach(([, bytes], at) => {
    const name = names[at]!;
    view.setUint32(local, 0x04034b50, true);
    view.setUint32(central, 0x02014b50, true);
    for (const to of [local + 14, central + 16]) {
      view.setUint32(to, crc32(bytes), true);
      view.setUint32(to + 4, bytes.length, true);
      view.setUint32(to + 8, bytes.length, true);
      view.setUint16(to + 12, name.length, true);
    }
    view.setUint32(central + 42, local, true);
    whole.set(name, local + 30);
    whole.set(bytes, local + 30 + name.length);
    whole.set(name, central + 46);
    local += 30 + name.length + bytes.length;
    central += 46 + name.length;
  });
  view.setUint32(central, 0x06054b50, true);
  for (const to of [8, 10]) view.setUint16(central + to, entries.length % 65_536, true);
  view.setUint32(central + 12, central - start, true);
  view.setUint32(central + 16, start, true);
  return whole;
}

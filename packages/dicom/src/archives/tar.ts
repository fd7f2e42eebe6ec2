import { SentinodeError } from '@sentinode/core';
import type { FileSource } from '../import/scan.ts';
import type { ArchiveFormat } from './archive-format.ts';

const BLOCK = 512;

/** tar with ustar, GNU long names and pax headers. */
export const tar: ArchiveFormat = {
  name: 'tar',
  recognises: (head) => ascii(head, 257, 5) === 'ustar' && checksumFits(head.subarray(0, BLOCK)),
  entries: (bytes) => {
    const entries: FileSource[] = [];
    let at = 0;
    let longName: string | undefined;
    while (at + BLOCK <= bytes.length) {
      const head = bytes.subarray(at, at + BLOCK);
      if (head.every((byte) => byte === 0)) return entries;
      if (!checksumFits(head)) throw damaged('a header is invalid');
      const size = octal(head, 124, 12);
      const start = at + BLOCK;
      if (size > bytes.length - start) throw damaged('an entry is longer than the archive');
      const content = bytes.subarray(start, start + size);
      const kind = ascii(head, 156, 1);
      if (kind === 'L') longName = text(content);
      else if (kind === 'x') longName = paxPath(content) ?? longName;
      else {
        const prefix = ascii(head, 345, 155);
        const name = longName ?? (prefix === '' ? ascii(head, 0, 100) : `${prefix}/${ascii(head, 0, 100)}`);
        if (kind === '0' || kind === '' || kind === '7')
          entries.push({ path: name, read: async () => content });
        longName = undefined;
      }
      at = start + Math.ceil(size / BLOCK) * BLOCK;
    }
    throw damaged('it was cut off');
  },
};

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return text(bytes.subarray(start, start + length));
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder('latin1').decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function octal(head: Uint8Array, start: number, length: number): number {
  // Sizes beyond 8 GiB are written in binary with the highest bit set.
  if ((head[start] & 0x80) !== 0) throw damaged('an entry claims more than 8 GiB');
  const digits = ascii(head, start, length).trim();
  if (!/^[0-7]+$/.test(digits)) throw damaged('a size is no number');
  return Number.parseInt(digits, 8);
}

function checksumFits(head: Uint8Array): boolean {
  if (head.length < BLOCK) return false;
  const digits = ascii(head, 148, 8).trim();
  if (!/^[0-7]+$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) sum += at >= 148 && at < 156 ? 32 : head[at];
  return sum === Number.parseInt(digits, 8);
}

/** `path` of a pax header: lines of length, space, key, equals sign, value. */
function paxPath(content: Uint8Array): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(content))?.[1];
}

function damaged(what: string): SentinodeError {
  return new SentinodeError('archive-damaged', `The tar archive is damaged: ${what}. Copy or pack it again.`);
}

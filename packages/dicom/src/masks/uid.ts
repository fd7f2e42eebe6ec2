import { sha256 } from '@sentinode/core';

/** A UID that stands for a text: `2.25.` and the first 128 bits of its SHA-256 as a number (PS3.5 annex B.2). */
export async function uidOf(text: string): Promise<string> {
  return `2.25.${BigInt(`0x${(await sha256(text)).slice(0, 32)}`)}`;
}

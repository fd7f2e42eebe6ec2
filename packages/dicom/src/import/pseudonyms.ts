import { SentinodeError } from '@sentinode/core';

/** Fewer bytes of a secret could be guessed. */
const SHORTEST_KEY = 16;

/**
 * Names in place of identifiers: HMAC-SHA256 under a secret key. The same key gives the same names, so that visits
 * imported on different days meet; without the key nobody can go back, not even by trying all numbers of a hospital.
 */
export class Pseudonyms {
  private readonly key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.key = key;
  }

  /** @throws SentinodeError `option-invalid` for a key of fewer than 16 bytes */
  static async of(secret: Uint8Array): Promise<Pseudonyms> {
    if (secret.length < SHORTEST_KEY) {
      throw new SentinodeError(
        'option-invalid',
        `The pseudonym key has ${secret.length} bytes, and ${SHORTEST_KEY} are needed to keep it from being guessed.`,
        { field: '--key' },
      );
    }
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    const usages: KeyUsage[] = ['sign'];
    return new Pseudonyms(
      await crypto.subtle.importKey('raw', secret as Uint8Array<ArrayBuffer>, algorithm, false, usages),
    );
  }

  /** 32 bytes that stand for a text of a kind. */
  async digest(kind: string, text: string): Promise<Uint8Array> {
    const message = new TextEncoder().encode(`${kind}\0${text}`);
    return new Uint8Array(await crypto.subtle.sign('HMAC', this.key, message));
  }

  /** A UID that stands for another one. */
  async uid(uid: string): Promise<string> {
    return `2.25.${BigInt(`0x${hex((await this.digest('uid', uid)).subarray(0, 16))}`)}`;
  }

  /** Days by which the dates of a patient are moved into the past: 1 to 3,650, the same for all of them. */
  async dateShift(identifier: string): Promise<number> {
    const [a, b, c] = await this.digest('date shift', identifier);
    return 1 + ((a * 65_536 + b * 256 + c) % 3650);
  }

  /** `P` and ten hexadecimal digits. */
  async patient(identifier: string): Promise<string> {
    return `P${hex((await this.digest('patient', identifier)).subarray(0, 5))}`;
  }
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { SentinodeError } from '@sentinode/core';
import type { SigningKey, VerifySignature } from '@sentinode/study';

/** The 32 bytes of a public key stand at the end of its SPKI form, behind this (RFC 8410). */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

const rawOf = (key: KeyObject): Uint8Array =>
  Uint8Array.from(createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI.length));

/** A new pair: the private key as PEM (PKCS 8), the public one as its 32 bytes. */
export function newKey(): { pem: string; publicKey: Uint8Array } {
  const { privateKey } = generateKeyPairSync('ed25519');
  return { pem: String(privateKey.export({ format: 'pem', type: 'pkcs8' })), publicKey: rawOf(privateKey) };
}

/** The signing key of a PEM file. @throws SentinodeError `key-invalid` */
export function signingKey(pem: Uint8Array, file: string): SigningKey {
  let key: KeyObject | undefined;
  try {
    key = createPrivateKey(Buffer.from(pem));
  } catch {
    // whatever it is, it is no key; its bytes are not repeated
  }
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new SentinodeError(
      'key-invalid',
      'This is no private Ed25519 key; make one with `sentinode bundle key`.',
      {
        file,
      },
    );
  return {
    publicKey: rawOf(key),
    sign: async (message) => Uint8Array.from(sign(null, message, key)),
  };
}

/** Ed25519 on Node's own cryptography. */
export const verifySignature: VerifySignature = async (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' }),
    signature,
  );

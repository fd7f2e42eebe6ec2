import { canonicalJson, SentinodeError, sha256 } from '@sentinode/core';
import type { LockedModel } from '../models/locked-model.ts';
import { useOf } from './use.ts';

/** File of the signature in a bundle. */
export const SIGNATURE_FILE = 'signature.json';

/** Ed25519 as the machine offers it; passed in by the app. Keys are the 32 raw bytes. */
export interface SigningKey {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}
export type VerifySignature = (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => Promise<boolean>;

/** What is signed: the manifest, which names every other file by its SHA-256, and who signs. */
interface Statement {
  readonly schema: 'sentinode-signature/1';
  readonly algorithm: 'Ed25519';
  /** SHA-256 of manifest.json. */
  readonly manifest: string;
  readonly signer: string;
  /** Hexadecimal. */
  readonly publicKey: string;
}

/** `signature.json`. */
export interface BundleSignature extends Statement {
  readonly signature: string;
}

/** A key that a site trusts. */
export interface TrustedKey {
  readonly name: string;
  /** Hexadecimal. */
  readonly publicKey: string;
}

/** What is known of the signature of a bundle that is whole. */
export type SignatureState =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'unknown-key'; readonly signer: string; readonly publicKey: string }
  | { readonly kind: 'trusted'; readonly signer: string; readonly name: string; readonly publicKey: string };

const message = (statement: Statement): Uint8Array => new TextEncoder().encode(canonicalJson(statement));

/**
 * Signs a bundle that was read and is whole.
 * @param keepingPatients whether a model may be signed that keeps predictors of its training patients
 * @returns content of `signature.json`
 * @throws SentinodeError `bundle-unsignable`
 */
export async function signBundle(
  model: LockedModel,
  manifest: Uint8Array,
  signer: string,
  key: SigningKey,
  keepingPatients: boolean,
): Promise<string> {
  const { signable, reason, keepsPatients } = useOf(model);
  if (!signable)
    throw new SentinodeError(
      'bundle-unsignable',
      `The model ${model.name} is not signed for use: ${reason}.`,
    );
  if (keepsPatients && !keepingPatients)
    throw new SentinodeError(
      'bundle-unsignable',
      `The classifier ${model.classifier.classifier} keeps the predictors of its training patients, so whoever gets the bundle gets them. If that is allowed, say --with-patients; else take another classifier.`,
      { field: '--with-patients' },
    );
  const statement: Statement = {
    schema: 'sentinode-signature/1',
    algorithm: 'Ed25519',
    manifest: await sha256(manifest),
    signer,
    publicKey: hex(key.publicKey),
  };
  const signature = hex(await key.sign(message(statement)));
  return `${JSON.stringify({ ...statement, signature } satisfies BundleSignature, null, 2)}\n`;
}

/**
 * The signature of a bundle against its manifest and the keys that a site trusts.
 * @param signature bytes of `signature.json`; undefined where the bundle has none
 * @throws SentinodeError `bundle-invalid` for a signature that is not of this manifest, this signer and this key
 */
export async function signatureState(
  signature: Uint8Array | undefined,
  manifest: Uint8Array,
  trusted: readonly TrustedKey[],
  verify: VerifySignature,
): Promise<SignatureState> {
  if (signature === undefined) return { kind: 'unsigned' };
  const invalid = (what: string): never => {
    throw new SentinodeError(
      'bundle-invalid',
      `The signature of the bundle is not valid: ${what}. Use an unedited copy, or have it signed again.`,
      { file: SIGNATURE_FILE },
    );
  };
  let found: Partial<Record<keyof BundleSignature, unknown>> = {};
  try {
    found = { ...(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(signature)) as typeof found) };
  } catch {
    invalid('it cannot be read');
  }
  const { signature: value, ...statement } = found as BundleSignature;
  if (statement.schema !== 'sentinode-signature/1' || statement.algorithm !== 'Ed25519')
    invalid(`it is of a kind that this version does not know ("${String(statement.schema)}")`);
  if (!isHex(statement.publicKey, 32) || !isHex(value, 64) || typeof statement.signer !== 'string')
    invalid('it is incomplete');
  if (statement.manifest !== (await sha256(manifest))) invalid('the manifest is another one than was signed');
  if (!(await verify(unhex(statement.publicKey), message(statement), unhex(value))))
    invalid('it was not made with the key that it names');
  const { signer, publicKey } = statement;
  const known = trusted.find((key) => key.publicKey === publicKey);
  return known === undefined
    ? { kind: 'unknown-key', signer, publicKey }
    : { kind: 'trusted', signer, name: known.name, publicKey };
}

const isHex = (value: unknown, bytes: number): boolean =>
  typeof value === 'string' && new RegExp(`^[0-9a-f]{${2 * bytes}}$`).test(value);

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function unhex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  );
}

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import {
  type Bundle,
  readBundle,
  SIGNATURE_FILE,
  type SignatureState,
  signatureState,
  type TrustedKey,
} from '@sentinode/study';
import { readIfThere } from '../../adapters/files/read-file.ts';
import { verifySignature } from '../../adapters/signature/ed25519.ts';

/** A bundle that is whole, and the state of its signature. */
export type OpenedBundle = Bundle & { readonly signature: SignatureState };

/** Files that file managers leave in every folder they show. */
const leftByMachines = /^(?:\.|Thumbs\.db$|desktop\.ini$)/;

/** What is said of the signature beside every number. */
export function signatureRemark(signature: SignatureState): string {
  if (signature.kind === 'unsigned') return 'Nobody signed this model.';
  return signature.kind === 'trusted'
    ? `Signed by ${signature.signer} with the trusted key of ${signature.name}.`
    : `Signed as "${signature.signer}" with a key that is not trusted here.`;
}

/**
 * Reads a bundle, compares every file with the manifest, and the manifest with the signature where there is one.
 * @throws SentinodeError `bundle-invalid`
 */
export async function openBundle(folder: string, trusted: readonly TrustedKey[] = []): Promise<OpenedBundle> {
  const models = await readdir(join(folder, 'models')).catch(() => [] as string[]);
  if (models.length > 0)
    throw new SentinodeError(
      'bundle-invalid',
      `"${folder}" is a run with several models; name one of them: ${models.map((name) => join(folder, 'models', name)).join(', ')}.`,
      { file: folder, field: '--model' },
    );
  const read = (name: string): Promise<Uint8Array | undefined> => readIfThere(join(folder, name));
  const bundle = await readBundle(read, folder);
  const stranger = (await readdir(folder)).find(
    (name) => !bundle.names.has(name) && name !== SIGNATURE_FILE && !leftByMachines.test(name),
  );
  if (stranger !== undefined)
    throw new SentinodeError(
      'bundle-invalid',
      `The bundle holds ${stranger}, which its manifest does not name. Take it out, or use an unedited copy.`,
      { file: join(folder, stranger) },
    );
  return {
    ...bundle,
    signature: await signatureState(await read(SIGNATURE_FILE), bundle.manifest, trusted, verifySignature),
  };
}

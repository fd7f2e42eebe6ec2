import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { isSentinodeError, sha256 } from '@sentinode/core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LockedModel } from '../models/locked-model.ts';
import { readBundle, writeBundle } from './bundle.ts';
import {
  type BundleSignature,
  SIGNATURE_FILE,
  type SigningKey,
  signatureState,
  signBundle,
  type VerifySignature,
} from './signature.ts';
import { useOf } from './use.ts';

function keyPair(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    publicKey: Uint8Array.from(spki.subarray(-32)),
    sign: async (message) => Uint8Array.from(sign(null, message, privateKey)),
  };
}
const spki = Buffer.from('302a300506032b6570032100', 'hex');
const check: VerifySignature = async (key, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([spki, key]), format: 'der', type: 'spki' }),
    signature,
  );

/** As much of a model as a bundle looks at. */
const model = (change: object = {}): LockedModel =>
  ({
    schema: 'sentinode-model/1',
    notice: 'Research use only.',
    name: 'dlr',
    threshold: 0.4,
    deep: { inputs: ['pre_resnet50_0000'] },
    acquisition: { network: { pretrained: true } },
    classifier: { classifier: 'logistic-regression', rows: ['P1'], input: [], state: {} },
    ...change,
  }) as unknown as LockedModel;
const seeded = model({ acquisition: { network: { pretrained: false } } });
const neighbours = model({ classifier: { classifier: 'knn', rows: [], input: [], state: {} } });
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);
const hexOf = (key: Uint8Array): string => Buffer.from(key).toString('hex');

describe('the use of a bundle', () => {
  it('stands in its manifest', async () => {
    const manifest = async (of: LockedModel) =>
      JSON.parse(text((await writeBundle(of, null)).get('manifest.json')!));
    expect((await manifest(model())).use).toEqual({
      pretrained: true,
      keepsPatients: false,
      signable: true,
      reason: null,
    });
    expect((await manifest(seeded)).use).toMatchObject({
      pretrained: false,
      signable: false,
      reason: expect.stringContaining('not pretrained'),
    });
    expect((await manifest(neighbours)).use).toMatchObject({ keepsPatients: true, signable: true });
    expect(useOf(model({ deep: null, acquisition: null })).pretrained).toBeNull();
    const { acquisition } = seeded;
    expect(useOf(model({ name: 'radiomics', deep: null, acquisition })).signable).toBe(true);
    expect(useOf(model({ deep: null, acquisition })).signable).toBe(false);
  });
});

describe('a signature', () => {
  const key = keyPair();
  let files: Map<string, Uint8Array>;
  beforeAll(async () => {
    files = new Map(await writeBundle(model(), bytes('network')));
    const signature = await signBundle(model(), files.get('manifest.json')!, 'Hospital A', key, false);
    files.set(SIGNATURE_FILE, bytes(signature));
  });
  const open = async (
    given: ReadonlyMap<string, Uint8Array>,
    trusted = [{ name: 'A', publicKey: hexOf(key.publicKey) }],
  ) => {
    const { manifest } = await readBundle(async (name) => given.get(name), 'bundle');
    return signatureState(given.get(SIGNATURE_FILE), manifest, trusted, check);
  };

  it('is trusted where its key is', async () => {
    expect(await open(files)).toMatchObject({ kind: 'trusted', signer: 'Hospital A', name: 'A' });
    expect(await open(files, [])).toMatchObject({ kind: 'unknown-key', signer: 'Hospital A' });
    const { [SIGNATURE_FILE]: _, ...rest } = Object.fromEntries(files);
    expect(await open(new Map(Object.entries(rest)))).toEqual({ kind: 'unsigned' });
  });
  it('is refused for a network that is not pretrained, whatever is asked for', async () => {
    const { manifest } = await readBundle(
      async (name) => new Map(await writeBundle(seeded, null)).get(name),
      'bundle',
    );
    for (const patients of [true, false])
      await expect(signBundle(seeded, manifest, 'A', key, patients)).rejects.toMatchObject({
        code: 'bundle-unsignable',
        message: expect.stringContaining('not pretrained'),
      });
  });
  it('of a model that keeps patients is made only when that is said', async () => {
    const manifest = (await writeBundle(neighbours, null)).get('manifest.json')!;
    await expect(signBundle(neighbours, manifest, 'A', key, false)).rejects.toMatchObject({
      code: 'bundle-unsignable',
    });
    expect(await signBundle(neighbours, manifest, 'A', key, true)).toContain('"signature"');
  });

  const replaced = (name: string, change: (content: string) => string) => (all: Map<string, Uint8Array>) =>
    void all.set(name, bytes(change(text(all.get(name)!))));
  const signature = (change: Partial<Record<keyof BundleSignature, unknown>>) =>
    replaced(SIGNATURE_FILE, (content) => JSON.stringify({ ...JSON.parse(content), ...change }));
  /** An edit by somebody who knows how bundles are made. */
  const rehashed = (name: string, content: string) => async (all: Map<string, Uint8Array>) => {
    all.set(name, bytes(content));
    const manifest = JSON.parse(text(all.get('manifest.json')!));
    manifest.files[name] = await sha256(bytes(content));
    all.set('manifest.json', bytes(JSON.stringify(manifest)));
  };
  it.each<[string, (all: Map<string, Uint8Array>) => unknown]>([
    ['another threshold', replaced('model.json', (content) => content.replace('0.4', '0.5'))],
    ['another network', replaced('network.onnx', (content) => `${content}.`)],
    ['a space in the manifest', replaced('manifest.json', (content) => `${content} `)],
    ['another threshold, hashed again', rehashed('model.json', JSON.stringify(model({ threshold: 0.5 })))],
    ['another network, hashed again', rehashed('network.onnx', 'better')],
    ['a file that is missing', (all) => all.delete('network.onnx')],
    ['a manifest that is missing', (all) => all.delete('manifest.json')],
    ['a newer manifest', replaced('manifest.json', (content) => content.replace('bundle/1', 'bundle/2'))],
    ['a manifest without files', (all) => all.set('manifest.json', bytes('{"schema":"sentinode-bundle/1"}'))],
    ['another signer', signature({ signer: 'Hospital B' })],
    ['another key', signature({ publicKey: hexOf(keyPair().publicKey) })],
    ['a signature of nothing', signature({ signature: '00'.repeat(64) })],
    ['a signature that is cut', replaced(SIGNATURE_FILE, (content) => content.slice(0, 90))],
    ['a newer signature', signature({ schema: 'sentinode-signature/2' })],
    ['a signature of other types', signature({ signer: 7, publicKey: null })],
    ['a signature of null', (all) => all.set(SIGNATURE_FILE, bytes('null'))],
    [
      'the signature of another bundle',
      async (all) => {
        const other = await writeBundle(model({ name: 'deep' }), null);
        const made = await signBundle(model(), other.get('manifest.json')!, 'Hospital A', key, false);
        all.set(SIGNATURE_FILE, bytes(made));
      },
    ],
  ])('does not stand after an edit: %s', async (_, edit) => {
    const edited = new Map(files);
    await edit(edited);
    const error: unknown = await open(edited).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isSentinodeError(error)).toBe(true);
    expect(error).toMatchObject({ code: 'bundle-invalid' });
  });
});

import { canonicalJson, SentinodeError, sha256 } from '@sentinode/core';
import type { LockedModel } from '../models/locked-model.ts';
import { type BundleUse, useOf } from './use.ts';

/** Files of a bundle by name. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** `manifest.json`: what the folder must hold, byte for byte. */
interface Manifest {
  readonly schema: 'sentinode-bundle/1';
  readonly notice: string;
  readonly model: string;
  /** Left out by the first version. */
  readonly use?: BundleUse;
  readonly files: Readonly<Record<string, string>>;
}

/** A locked model as files: `model.json`, the network's bytes where the user brought them, and the manifest. */
export async function writeBundle(model: LockedModel, network: Uint8Array | null): Promise<BundleFiles> {
  const files = new Map<string, Uint8Array>();
  files.set('model.json', new TextEncoder().encode(`${canonicalJson(model)}\n`));
  if (network !== null) files.set('network.onnx', network);
  const hashes = await Promise.all(
    [...files].map(async ([name, bytes]) => [name, await sha256(bytes)] as const),
  );
  const manifest: Manifest = {
    schema: 'sentinode-bundle/1',
    notice: model.notice,
    model: model.name,
    use: useOf(model),
    files: Object.fromEntries(hashes),
  };
  files.set('manifest.json', new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`));
  return files;
}

/**
 * Reads a bundle and checks every file against the manifest.
 * @throws SentinodeError `bundle-invalid` when a file is missing, was edited, or is of a newer version
 */
export async function readBundle(
  read: (name: string) => Promise<Uint8Array | undefined>,
  folder: string,
): Promise<{ model: LockedModel; network: Uint8Array | null; manifest: Uint8Array }> {
  const invalid = (file: string, message: string): never => {
    throw new SentinodeError('bundle-invalid', message, { file: `${folder}/${file}` });
  };
  const parse = (file: string, bytes: Uint8Array | undefined): unknown => {
    if (bytes === undefined)
      return invalid(
        file,
        `The bundle has no ${file}; name the folder of a model that a run left (models/<name>).`,
      );
    try {
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return invalid(file, `${file} of the bundle cannot be parsed; it is damaged.`);
    }
  };
  const manifestBytes = await read('manifest.json');
  const manifest = parse('manifest.json', manifestBytes) as Manifest;
  if (manifest.schema !== 'sentinode-bundle/1')
    invalid(
      'manifest.json',
      `The bundle is of version "${manifest.schema}", which this version cannot read.`,
    );
  const contents = new Map<string, Uint8Array>();
  for (const [name, hash] of Object.entries(manifest.files ?? {})) {
    if (!/^[a-z][a-z0-9.-]*$/.test(name))
      invalid('manifest.json', `The manifest names a file that no bundle has: ${name}.`);
    const bytes = (await read(name)) ?? invalid(name, `The bundle lacks ${name}.`);
    if ((await sha256(bytes)) !== hash)
      invalid(
        name,
        `${name} is not what the run wrote: its SHA-256 differs from the manifest. Use an unedited copy.`,
      );
    contents.set(name, bytes);
  }
  const model = parse('model.json', contents.get('model.json')) as LockedModel;
  if (model.schema !== 'sentinode-model/1')
    invalid('model.json', `The model is of version "${model.schema}", which this version cannot read.`);
  return { model, network: contents.get('network.onnx') ?? null, manifest: manifestBytes! };
}

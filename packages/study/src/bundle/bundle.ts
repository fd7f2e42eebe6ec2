import { canonicalJson, SentinodeError, sha256 } from '@sentinode/core';
import type { LockedModel } from '../models/locked-model.ts';
import type { PipelineResamples } from '../models/pipeline-resamples.ts';
import type { Development } from './development.ts';
import { withPseudonyms } from './pseudonyms.ts';
import { BASIS_FILE, RESAMPLES_FILE, readResamples, writeResamples } from './resamples-file.ts';
import { type BundleUse, useOf } from './use.ts';

const DEVELOPMENT_FILE = 'development.json';

/** Files of a bundle by name. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** `manifest.json`: what the folder must hold, byte for byte. */
interface Manifest {
  readonly schema: 'sentinode-bundle/1';
  readonly notice: string;
  readonly model: string;
  /** Left out by the first version. */
  readonly use?: BundleUse;
  /** Versions of everything that touches numbers, and the hash of the extraction settings; left out by the first version. */
  readonly versions?: Readonly<Record<string, string>>;
  readonly extractionSha256?: string | null;
  readonly files: Readonly<Record<string, string>>;
}

/** What a bundle holds beside the model. */
export interface BundleExtras {
  /** Fits on bootstraps of the training rows. */
  readonly resamples?: PipelineResamples | null;
  readonly development?: Development | null;
  /** Versions of the runtime and of the libraries that touch numbers. */
  readonly versions?: Readonly<Record<string, string>>;
}

/** SHA-256 of the settings by which the images of a model are measured; null for a model from feature tables. */
export async function extractionHash({
  acquisition,
}: Pick<LockedModel, 'acquisition'>): Promise<string | null> {
  const settings = acquisition?.settings ?? null;
  return settings === null ? null : sha256(canonicalJson(settings));
}

/**
 * A locked model as files: `model.json`, the network's bytes where the user brought them, the resampled models and the
 * development where there are such, and the manifest.
 */
export async function writeBundle(
  model: LockedModel,
  network: Uint8Array | null,
  { resamples = null, development = null, versions }: BundleExtras = {},
): Promise<BundleFiles> {
  const files = new Map<string, Uint8Array>();
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(`${canonicalJson(value)}\n`);
  files.set('model.json', json(withPseudonyms(model)));
  if (network !== null) files.set('network.onnx', network);
  if (resamples !== null) for (const [name, bytes] of writeResamples(resamples)) files.set(name, bytes);
  if (development !== null) files.set(DEVELOPMENT_FILE, json(development));
  const hashes = await Promise.all(
    [...files].map(async ([name, bytes]) => [name, await sha256(bytes)] as const),
  );
  const manifest: Manifest = {
    schema: 'sentinode-bundle/1',
    notice: model.notice,
    model: model.name,
    use: useOf(model),
    ...(versions === undefined ? {} : { versions }),
    extractionSha256: await extractionHash(model),
    files: Object.fromEntries(hashes),
  };
  files.set('manifest.json', new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`));
  return files;
}

/** A bundle that is whole. */
export interface Bundle {
  readonly model: LockedModel;
  readonly network: Uint8Array | null;
  readonly resamples: PipelineResamples | null;
  readonly development: Development | null;
  readonly manifest: Uint8Array;
  /** Names of the files that the manifest names, and its own. */
  readonly names: ReadonlySet<string>;
}

/**
 * Reads a bundle and checks every file against the manifest.
 * @throws SentinodeError `bundle-invalid` when a file is missing, was edited, or is of a newer version
 */
export async function readBundle(
  read: (name: string) => Promise<Uint8Array | undefined>,
  folder: string,
): Promise<Bundle> {
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
  if (manifest.model !== model.name)
    invalid(
      'manifest.json',
      `The manifest is of the model "${manifest.model}", and the bundle holds "${model.name}".`,
    );
  if (manifest.use !== undefined && canonicalJson(manifest.use) !== canonicalJson(useOf(model)))
    invalid('manifest.json', 'What the manifest says of the use of the model is not what the model says.');
  const { extractionSha256 } = manifest;
  if (extractionSha256 !== undefined && extractionSha256 !== (await extractionHash(model)))
    invalid('model.json', 'The extraction settings of the model are not those that the manifest names.');
  const optional = (name: string): unknown =>
    contents.has(name) ? parse(name, contents.get(name)) : undefined;
  const resamples = optional(RESAMPLES_FILE);
  const development = optional(DEVELOPMENT_FILE) as Development | undefined;
  if (development !== undefined && development.schema !== 'sentinode-development/1')
    invalid(
      DEVELOPMENT_FILE,
      `The development is of version "${development.schema}", which this version cannot read.`,
    );
  return {
    model,
    network: contents.get('network.onnx') ?? null,
    resamples: resamples === undefined ? null : readResamples(resamples, contents.get(BASIS_FILE)),
    development: development ?? null,
    manifest: manifestBytes!,
    names: new Set(['manifest.json', ...contents.keys()]),
  };
}

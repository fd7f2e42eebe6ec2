import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { SIGNATURE_FILE, signBundle, useOf } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { readIfThere, readUserFile } from '../../adapters/files/read-file.ts';
import { newKey, signingKey } from '../../adapters/signature/ed25519.ts';
import type { CommandKind, Session } from '../command.ts';
import { openBundle } from './open-bundle.ts';
import { trust, trustedKeys, usualStore } from './trust-store.ts';

interface SignOptions {
  key: string;
  signer: string;
  withPatients?: boolean;
}

interface ExportOptions {
  out: string;
  withPatients?: boolean;
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const bundle: CommandKind = {
  name: 'bundle',
  declare: (command, start) => {
    command
      .description('signature and integrity of a locked model: sign, verify, export, key, trust')
      .addHelpText(
        'after',
        '\nExample:\n  sentinode bundle key --out our-key.pem\n  sentinode bundle sign results/models/dlr --key our-key.pem --signer "Radiology, Hospital A"\n  sentinode bundle trust our-key.pem.pub --name "Hospital A"\n  sentinode bundle verify results/models/dlr',
      );
    command
      .command('sign <bundle>')
      .description(
        'signs a bundle for use (Ed25519); one made with a network that is not pretrained is refused',
      )
      .requiredOption('--key <file>', 'private key (PEM), of `bundle key`')
      .requiredOption('--signer <text>', 'who signs, e.g. department and hospital; part of what is signed')
      .option('--with-patients', 'sign a model that keeps predictors of its training patients (knn, svm)')
      .option('--json', 'machine-readable output')
      .action((folder: string, options: SignOptions) => start((session) => sign(folder, options, session)));
    command
      .command('verify <bundle>')
      .description('whether a bundle is whole and signed with a trusted key')
      .option('--trust <file>', 'trusted keys; default ~/.sentinode/trusted-keys.json')
      .option('--json', 'machine-readable output')
      .action((folder: string, options: { trust?: string }) =>
        start((session) => verify(folder, options.trust ?? usualStore(), session)),
      );
    command
      .command('export <bundle>')
      .description('copies a whole bundle to a new folder, to be handed on')
      .requiredOption('--out <folder>', 'new folder')
      .option('--with-patients', 'also a model that keeps predictors of its training patients (knn, svm)')
      .action((folder: string, options: ExportOptions) =>
        start((session) => exportBundle(folder, options, session)),
      );
    command
      .command('key')
      .description(
        'makes a pair of keys: FILE (private, for you alone) and FILE.pub (for those who trust you)',
      )
      .requiredOption('--out <file>', 'private key')
      .action((options: { out: string }) => start((session) => makeKey(options.out, session)));
    command
      .command('trust <key>')
      .description('adds a public key (.pub) to the trusted ones; compare it with its owner first')
      .requiredOption('--name <text>', 'whose key it is')
      .option('--trust <file>', 'trusted keys; default ~/.sentinode/trusted-keys.json')
      .action((file: string, options: { name: string; trust?: string }) =>
        start(async (session) => {
          const key = await trust(file, options.name, options.trust ?? usualStore());
          session.print(`Trusted: ${key.name}, ${key.publicKey}`);
          return 0;
        }),
      );
  },
};

async function sign(folder: string, options: SignOptions, session: Session): Promise<number> {
  const { model, manifest } = await openBundle(folder);
  const key = signingKey(await readUserFile(options.key, 'private key'), options.key);
  const text = await signBundle(model, manifest, options.signer, key, options.withPatients === true);
  await atomicWrite(join(folder, SIGNATURE_FILE), text);
  const publicKey = hexOf(key.publicKey);
  session.print(
    session.global.json
      ? JSON.stringify({ bundle: folder, signer: options.signer, publicKey }, null, 2)
      : `${folder}: signed by ${options.signer} with the key ${publicKey}. ${model.notice}`,
  );
  return 0;
}

/** @throws SentinodeError `bundle-invalid`, `bundle-unsignable`, `output-not-empty` */
async function exportBundle(folder: string, options: ExportOptions, session: Session): Promise<number> {
  const { model } = await openBundle(folder);
  if (useOf(model).keepsPatients && options.withPatients !== true)
    throw new SentinodeError(
      'bundle-unsignable',
      `The classifier ${model.classifier.classifier} keeps the predictors of its training patients, so whoever gets the bundle gets them. If that is allowed, say --with-patients; else take another classifier.`,
      { field: '--with-patients' },
    );
  if ((await readdir(options.out).catch(() => [] as string[])).length > 0)
    throw new SentinodeError('output-not-empty', `The folder "${options.out}" is not empty.`, {
      file: options.out,
    });
  for (const name of await readdir(folder)) {
    const bytes = await readIfThere(join(folder, name));
    if (bytes !== undefined) await atomicWrite(join(options.out, name), bytes);
  }
  await openBundle(options.out);
  session.print(`${options.out}: the whole bundle of ${folder}. ${model.notice}`);
  return 0;
}

/** @throws SentinodeError `bundle-invalid`, `bundle-untrusted` */
async function verify(folder: string, store: string, session: Session): Promise<number> {
  const { model, signature } = await openBundle(folder, await trustedKeys(store));
  const use = useOf(model);
  if (signature.kind === 'trusted') {
    session.print(
      session.global.json
        ? JSON.stringify({ bundle: folder, model: model.name, signature, use }, null, 2)
        : `${folder}: whole, signed by ${signature.signer} with the trusted key of ${signature.name}.${use.keepsPatients ? ' Its classifier keeps predictors of training patients.' : ''} ${model.notice}`,
    );
    return 0;
  }
  throw new SentinodeError(
    'bundle-untrusted',
    signature.kind === 'unsigned'
      ? `The bundle is whole, but nobody signed it${use.reason === null ? '' : `, and nobody can: ${use.reason}`}.`
      : `The bundle is whole and signed as "${signature.signer}", with a key that is not trusted here: ${signature.publicKey}. Anybody can write a name; compare the key with its owner.`,
    { file: folder },
  );
}

async function makeKey(file: string, session: Session): Promise<number> {
  if ((await readIfThere(file)) !== undefined)
    throw new SentinodeError('usage', `${file} is there already; a key is never written over.`, {
      field: '--out',
    });
  const { pem, publicKey } = newKey();
  await atomicWrite(file, pem);
  await chmod(file, 0o600);
  await atomicWrite(`${file}.pub`, `${hexOf(publicKey)}\n`);
  session.print(`${file}: private key, for you alone. ${file}.pub: public key ${hexOf(publicKey)}`);
  return 0;
}

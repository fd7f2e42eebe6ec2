import { sha256 } from '@sentinode/core';
import { expandSources, Pseudonyms, planImport, runImport, scanFiles } from '@sentinode/dicom';
import type { ImportAnswer, ImportJob } from './jobs.ts';

/** Sorts the files, divides their series and makes the volumes, one at a time; bytes are read when they are needed. */
async function importFiles({ files, secret }: ImportJob): Promise<ImportAnswer> {
  const { sources, failed } = await expandSources(
    files.map((file) => ({
      path: file.webkitRelativePath || file.name,
      read: async () => new Uint8Array(await file.arrayBuffer()),
    })),
  );
  const scan = await scanFiles(sources);
  const volumes = new Map<string, string>();
  const run = runImport(scan, await planImport(scan, await Pseudonyms.of(secret)), {
    compress: async (bytes) => bytes,
  });
  let next = await run.next();
  for (; next.done !== true; next = await run.next())
    volumes.set(next.value.path, await sha256(next.value.bytes));
  const kinds = new Map(next.value.map(({ file, kind }) => [file, kind]));
  return {
    volumes: [...volumes].map(([path, hash]) => ({ path, kind: kinds.get(path) ?? '', sha256: hash })),
    problems: [
      ...[...failed, ...scan.skipped].map(({ error }) => error.message),
      ...next.value.flatMap(({ error }) => (error === null ? [] : [error.message])),
    ],
  };
}

// A promise that is rejected does not reach the page's onerror, so that failures are sent as answers.
self.onmessage = async ({ data }: MessageEvent<ImportJob>) => {
  try {
    self.postMessage(await importFiles(data));
  } catch (error) {
    self.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
};

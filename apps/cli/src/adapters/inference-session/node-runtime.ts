import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ErrorCode, SentinodeError } from '@sentinode/core';
import type { InferenceRuntime, OnnxFile } from '@sentinode/deep';
import type { Answer, Asked } from './messages.ts';
import { withoutTelemetry } from './runtime.ts';

type Question<T> = T extends Asked ? Omit<T, 'id'> : never;

/**
 * Networks on onnxruntime-node, each in a process of its own. What the runtime needs while it loads and rewrites a
 * network, about three times its weights, goes back to the system with that process and not only to the allocator, and a
 * file that brings the runtime down does not bring down the study. The network travels as a temporary file, so that it is
 * in memory once.
 */
export const nodeRuntime = inProcessOf(new URL('./network.js', import.meta.url));

/** Networks in processes that run a program of `network-process.ts`'s kind. */
export function inProcessOf(program: URL): InferenceRuntime {
  return async (onnx, name, ports = {}) => {
    const network = startProcess(program, name);
    try {
      await asFile(onnx, (path) => network.ask({ ask: 'open', path, name, ports }));
    } catch (error) {
      await network.close();
      throw error;
    }
    return {
      run: async (input, shape) => (await network.ask({ ask: 'run', input, shape }))!,
      close: network.close,
    };
  };
}

/** Writes a network into a new folder for temporary files, for as long as `use` takes. @throws `file-unreadable` */
async function asFile<T>(onnx: OnnxFile, use: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sentinode-network-')).catch(noRoom);
  try {
    const path = join(folder, 'network.onnx');
    const handle = await open(path, 'wx', 0o600).catch(noRoom);
    try {
      for (const piece of onnx.pieces()) await handle.writeFile(piece).catch(noRoom);
    } finally {
      await handle.close();
    }
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function noRoom(error: unknown): never {
  throw new SentinodeError(
    'file-unreadable',
    `Cannot write the network to ${tmpdir()} for the time it is loaded: ${(error as NodeJS.ErrnoException).code ?? 'failed'}. Make room there, or name another folder for temporary files in TMPDIR.`,
    { file: tmpdir() },
    error,
  );
}

/** Starts the process of a network. It lives until it is closed, and never keeps this one alive. */
function startProcess(
  program: URL,
  name: string,
): {
  ask(question: Question<Asked>): Promise<Float32Array | null>;
  close(): Promise<void>;
} {
  const child = fork(program, {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // glibc: large blocks are mapped each by itself and given back at once; without it loading keeps 160 MB more
    env: { ...process.env, ...withoutTelemetry, MALLOC_MMAP_THRESHOLD_: '131072' },
  });
  const waiting = new Map<
    number,
    { resolve(values: Float32Array | null): void; reject(error: Error): void }
  >();
  let asked = 0;
  let ended: Error | undefined;
  const gone = new Promise<void>((resolve) =>
    child.once('exit', () => resolve()).once('error', () => resolve()),
  );
  const end = (how: string): void => {
    ended ??= new SentinodeError(
      'weights-invalid',
      `The process that runs the network "${name}" ended (${how}): the file brought it down, or the memory did not suffice. Run again; if it ends again, export the network anew.`,
      { file: name, field: 'deep.weights' },
    );
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`));
  child.on('error', (error) => end(error.message));
  child.on('message', (answer: Answer) => {
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) release(child);
    if ('values' in answer) return asker?.resolve(answer.values);
    const { code, message, ...place } = answer.error;
    asker?.reject(new SentinodeError(code as ErrorCode, message, place));
  });
  release(child);
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const id = asked++;
        waiting.set(id, { resolve, reject });
        child.ref();
        child.channel?.ref();
        child.send({ ...question, id });
      }),
    close: async () => {
      if (child.connected) child.disconnect();
      child.ref();
      await gone;
    },
  };
}

function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

import { isSentinodeError } from '@sentinode/core';
import { type InferenceSession, openSession } from '@sentinode/deep';
import * as runtime from 'onnxruntime-node';
import type { Answer, Asked } from './messages.ts';
import { sessionOptions } from './runtime.ts';

/** The process of one network, until the one that started it closes the channel. */
let session: InferenceSession | undefined;

async function valuesOf(asked: Asked): Promise<Float32Array | null> {
  if (asked.ask === 'run') return session!.run(asked.input, asked.shape);
  session = await openSession(runtime, sessionOptions, asked.path, asked.name, asked.ports);
  return null;
}

const send = (answer: Answer): void => void process.send?.(answer);

process.on('message', (asked: Asked) => {
  const { id } = asked;
  valuesOf(asked).then(
    (values) => send({ id, values }),
    (error: unknown) => {
      const { code, message } = error as { code?: string; message?: string };
      send({
        id,
        error: isSentinodeError(error)
          ? error.toJSON()
          : { code: code ?? 'internal', message: message ?? '' },
      });
    },
  );
});
process.on('disconnect', () => process.exit());
// both reach every process of a terminal or a service; the one that started this decides when it ends
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);

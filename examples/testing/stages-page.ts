import * as runtime from 'onnxruntime-web/wasm';
import { type StageSummary, summariseStage } from '../../packages/deep/src/testing/stage-summary.ts';

runtime.env.wasm.wasmPaths = '/ort/';
runtime.env.wasm.numThreads = 1;

/** Summaries of values inside a network for each picture; addresses as in `web-network/page.ts`. */
async function stagesOf(
  network: string,
  pictures: readonly string[],
  outputs: readonly string[],
): Promise<Record<string, StageSummary>[]> {
  const bytes = new Uint8Array(await (await fetch(network)).arrayBuffer());
  const session = await runtime.InferenceSession.create(bytes, {
    executionProviders: ['wasm'],
    logSeverityLevel: 3,
  });
  const found: Record<string, StageSummary>[] = [];
  for (const picture of pictures) {
    const values = new Float32Array(await (await fetch(picture)).arrayBuffer());
    const results = await session.run(
      { input: new runtime.Tensor('float32', values, [1, 3, 224, 224]) },
      outputs,
    );
    found.push(
      Object.fromEntries(
        outputs.map((name) => {
          const { data, dims } = results[name]!;
          return [name, summariseStage(data as Float32Array, dims)];
        }),
      ),
    );
  }
  await session.release();
  return found;
}

Object.assign(globalThis, { stagesOf });

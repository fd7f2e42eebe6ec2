import { type OnnxRuntime, onnxInference } from '@sentinode/deep';
import * as runtime from 'onnxruntime-web/wasm';

/** Where the page's server offers the two files of onnxruntime-web (`ort-wasm-simd-threaded.mjs` and `.wasm`). */
runtime.env.wasm.wasmPaths = '/ort/';
// more threads need a page that is isolated from other origins; one thread runs anywhere
runtime.env.wasm.numThreads = 1;

/** Networks on onnxruntime-web: WebAssembly, nothing from another server. */
export const browserRuntime = onnxInference(async () => runtime as unknown as OnnxRuntime, {
  executionProviders: ['wasm'],
  logSeverityLevel: 3,
});

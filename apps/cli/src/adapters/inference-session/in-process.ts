import { onnxInference } from '@sentinode/deep';
import { loadRuntime, sessionOptions } from './runtime.ts';

/** Networks on onnxruntime-node in this process. The command runs them in another one: `nodeRuntime`. */
export const inProcess = onnxInference(loadRuntime, sessionOptions);

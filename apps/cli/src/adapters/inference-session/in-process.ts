import { onnxInference } from '@sentinode/deep';
import { sessionOptions } from './session-options.ts';

/** Networks on onnxruntime-node in this process. The command runs them in another one: {@link nodeRuntime}. */
export const inProcess = onnxInference(() => import('onnxruntime-node'), sessionOptions);

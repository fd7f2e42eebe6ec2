import type { OnnxFile } from '../onnx/onnx-file.ts';

/** A loaded network: one float32 input, one float32 output. */
export interface InferenceSession {
  /** @param input values in C order; @param shape e.g. [1, 3, 224, 224] */
  run(input: Float32Array, shape: readonly number[]): Promise<Float32Array>;
  /** Frees the network. */
  close(): Promise<void>;
}

/** Which input and output of a network are used, where it has several; the only ones when left out. */
export interface Ports {
  readonly input?: string | undefined;
  readonly output?: string | undefined;
}

/**
 * Loads an ONNX file; passed in by the app (onnxruntime-node or onnxruntime-web). `name` is for messages.
 * @throws SentinodeError `weights-invalid` when the bytes are no network
 */
export type InferenceRuntime = (onnx: OnnxFile, name: string, ports?: Ports) => Promise<InferenceSession>;

import type { StoredTensor } from '../stored-tensor.ts';

/** A kind of weights file. One folder each, one line in `containers/index.ts`. */
export interface WeightContainer {
  readonly name: string;
  /** Usual ends of file names, for messages. */
  readonly extensions: readonly string[];
  /** Whether the bytes are of this kind, by their content. */
  recognise(bytes: Uint8Array): boolean;
  /**
   * The tensors of a file, in its order. Nothing of the file is executed.
   * @throws SentinodeError `weights-invalid` for damaged files, `weights-unsafe` for files that ask for more than tensors
   */
  read(bytes: Uint8Array, file: string): StoredTensor[];
}
